-- The newest version of each record, with types.
with
    delivered as (
        select
            {{ shared.clean_text('id') }} as record_id,
            recorded_at,
            lower({{ shared.clean_text('category') }}) as category,
            {{ shared.as_amount('amount') }} as amount,
            source_file,
            loaded_at
        from {{ source('@{pipeline}@', 'records') }}
    ),

    ranked as (
        select
            *,
            {{ shared.version_rank(key=['record_id'], newest_by=['source_file']) }} as version_rank
        from delivered
    )

select record_id, recorded_at, category, amount, source_file, loaded_at
from ranked
where version_rank = 1
