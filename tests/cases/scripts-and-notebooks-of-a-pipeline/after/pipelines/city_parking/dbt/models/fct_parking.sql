select id from {{ source('city', 'raw_parking') }}
