-- CNY for one unit of a currency at the average rate of a year; CNY itself is one in every year that an edition reads.
select currency, year, cny_per_unit from exchange_rates where currency <> 'CNY'
union all
select 'CNY', p.year - b.years, cast(1 as decimal(14, 8))
from parameters p
cross join (values (0), (1), (2)) as b(years)
