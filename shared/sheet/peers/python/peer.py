"""Reads, writes and checks the sample with the Python libraries that are measured; one operation a process.

usage: peer.py read FILE | write ROWS OUT | check FILE [tuned]
Prints one JSON object as sum.go and run.go describe it.
"""

import datetime
import json
import sys
import time
import zlib

EPOCH = datetime.date(1899, 12, 30).toordinal()
TITLES = (
    "Donor", "Type of donor", "City", "Country", "Amount", "Currency", "Received on", "Bank reference", "Earmarked for",
    "Exchange rate", "Rate date", "Rate source", "Remarks", "Receipt sent",
)
PLACES = (
    ("Évreux", "France"), ("Málaga", "Spain"), ("Nairobi", "Kenya"), ("Köln", "Germany"),
    ("Medellín", "Colombia"), ("Kraków", "Poland"), ("Dakar", "Senegal"), ("Gdańsk", "Poland"),
)


def read(path):
    """openpyxl, read-only, every cell's value."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    crc, cells, dates, true, numbers = 0, 0, 0, 0, 0.0
    texts = []
    for row in book.worksheets[0].iter_rows(values_only=True):
        for value in row:
            kind = type(value)
            if value is None:
                continue
            cells += 1
            if kind is str:
                texts.append(value)
            elif kind is float or kind is int:
                numbers += value
            elif kind is bool:
                true += value
            elif kind is datetime.datetime:
                dates += value.toordinal() - EPOCH
            else:
                raise TypeError(kind)
        if len(texts) > 1000:
            texts.append("")
            crc = zlib.crc32("\n".join(texts).encode(), crc)
            texts = []
    texts.append("")
    crc = zlib.crc32("\n".join(texts).encode(), crc)
    return {"sum": {"cells": cells, "texts": crc, "numbers": f"{numbers:.4f}", "dates": dates, "true": true}}


def row_at(n):
    """The row of the sample with a number from 0: sample.At."""
    city, country = PLACES[n % 8]
    day = datetime.date(2019, 10, 1) + datetime.timedelta(n % 700)
    eur = n % 5 == 0
    return (
        f"Company & Sons {n % 4000}", "foundation" if n % 3 == 0 else "company", city, country,
        float(f"{100 + n * 7919 % 900000}.{n % 100:02}"), "EUR" if eur else "USD", day, f"BANK-{1000000 + n}",
        "fund/1.2" if n % 2 else "fund/1.1", 1.1234 if eur else 1.0, day, "ECB", f"transfer number {n}", n % 2 == 0,
    )


def write(rows, path):
    """XlsxWriter in its constant-memory mode."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Contributions")
    sheet.freeze_panes(1, 0)
    title = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    text, code, money, rate, date = (
        book.add_format({"valign": "top", "num_format": f}) for f in ("General", "@", "#,##0.00", "0.0000", "yyyy-mm-dd")
    )
    for col, label in enumerate(TITLES):
        sheet.write_string(0, col, label, title)
    string, number, day = sheet.write_string, sheet.write_number, sheet.write_datetime
    writers = (
        (string, text), (string, text), (string, text), (string, text), (number, money), (string, text), (day, date),
        (string, code), (string, code), (number, rate), (day, date), (string, text), (string, text), (sheet.write_boolean, text),
    )
    for n in range(rows):
        col = 0
        for value, (put, look) in zip(row_at(n), writers):
            put(n + 1, col, value, look)
            col += 1
    book.close()
    return {"rows": rows}


def check(path, tuned):
    """django-import-export: a dry run of the workbook into an empty table, with the checks of the fields that ours have.

    As its documentation sets it up, or tuned: no look-up of stored rows, no differences, no transaction.
    """
    import dry_run

    return dry_run.check(path, tuned)


def peak():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))


def main(args):
    start = time.perf_counter()
    if args[0] == "read":
        told = read(args[1])
    elif args[0] == "write":
        told = write(int(args[1]), args[2])
    else:
        told = check(args[1], "tuned" in args)
    told["seconds"] = time.perf_counter() - start
    told["peak"] = peak()
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
