"""Countries by region, for figures: single countries would point to people. Codes are those of the list of countries."""

REGIONS = {
    "de": "Deutschland",
    "eu": "Europäische Union",
    "europe": "übriges Europa",
    "near_east": "Naher und Mittlerer Osten",
    "africa": "Afrika",
    "america": "Amerika",
    "asia": "übriges Asien und Ozeanien",
    "none": "staatenlos oder ungeklärt",
}
_COUNTRIES = {
    "de": "de",
    "eu": "at be bg cy cz dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk",
    "europe": "ad al ax ba by ch fo gb gg gi im is je li mc md me mk no rs ru sj sm tr ua va xk",
    "near_east": "ae af bh eg il iq ir jo kw lb om pk ps qa sa sy ye",
    "africa": (
        "ao bf bi bj bw cd cf cg ci cm cv dj dz eh er et ga gh gm gn gq gw ke km lr ls ly ma mg ml mr mu mw mz na ne ng re rw sc sd"
        " sh sl sn so ss st sz td tg tn tz ug yt za zm zw"
    ),
    "america": (
        "ag ai ar aw bb bl bm bo bq br bs bz ca cl co cr cu cw dm do ec fk gd gf gl gp gt gy hn ht jm kn ky lc mf mq ms mx ni pa pe"
        " pm pr py sr sv sx tc tt us uy vc ve vg vi"
    ),
    "none": "stateless unresolved",
}
COUNTRIES = {region: tuple(codes.split()) for region, codes in _COUNTRIES.items()}
NOT_STATED = ("", "not_stated")
