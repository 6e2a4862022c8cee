"""Currencies by their ISO 4217 codes, and by the names and signs that amounts and units carry.

A sign alone is read as Chinese offices write it: `¥` is the yuan, `$` the US dollar.
"""

_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
"""
CODES = frozenset(_CODES.split())

NAMES: dict[str, str] = {
    "人民币": "CNY",
    "rmb": "CNY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "¥": "CNY",
    "美元": "USD",
    "美金": "USD",
    "$": "USD",
    "us$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "欧元": "EUR",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "英镑": "GBP",
    "£": "GBP",
    "日元": "JPY",
    "yen": "JPY",
    "港元": "HKD",
    "港币": "HKD",
    "hk$": "HKD",
    "新台币": "TWD",
    "澳门元": "MOP",
    "韩元": "KRW",
    "卢布": "RUB",
    "新加坡元": "SGD",
    "澳元": "AUD",
    "加元": "CAD",
    "瑞士法郎": "CHF",
    "林吉特": "MYR",
    "ringgit": "MYR",
    "泰铢": "THB",
    "baht": "THB",
    "越南盾": "VND",
    "印尼盾": "IDR",
    "坚戈": "KZT",
    "tenge": "KZT",
}
