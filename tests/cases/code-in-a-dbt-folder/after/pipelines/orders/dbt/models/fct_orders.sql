select {{ money('amount') }} as amount
