select * from {{ ref('meters') }}
