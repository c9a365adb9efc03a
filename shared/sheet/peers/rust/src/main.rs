//! Reads the sample with calamine and writes it with rust_xlsxwriter; one operation a process.
//!
//! usage: peer read FILE | write ROWS OUT | write-constant ROWS OUT
//! Prints one JSON object as sum.go and run.go describe it.

use std::error::Error;
use std::time::Instant;

use calamine::{open_workbook, DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let start = Instant::now();
    let told = match args[1].as_str() {
        "read" => read(&args[2])?,
        "write" => write(args[2].parse()?, &args[3], false)?,
        "write-constant" => write(args[2].parse()?, &args[3], true)?,
        _ => return Err("no such operation".into()),
    };
    println!("{{{told}, \"seconds\": {}, \"peak\": {}}}", start.elapsed().as_secs_f64(), peak()?);
    Ok(())
}

/// Every cell's value by calamine's stream of cells, which keeps no row.
fn read(path: &str) -> Result<String, Box<dyn Error>> {
    let mut book: Xlsx<_> = open_workbook(path)?;
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name)?;
    let mut texts = crc32fast::Hasher::new();
    let mut buffer: Vec<u8> = Vec::with_capacity(40 << 10);
    let (mut count, mut dates, mut truths, mut numbers) = (0u64, 0i64, 0u64, 0f64);
    let mut text = |t: &str| {
        buffer.extend_from_slice(t.as_bytes());
        buffer.push(b'\n');
        if buffer.len() > 32 << 10 {
            texts.update(&buffer);
            buffer.clear();
        }
    };
    while let Some(cell) = cells.next_cell()? {
        count += 1;
        match cell.get_value() {
            DataRef::String(t) => text(t),
            DataRef::SharedString(t) => text(t),
            DataRef::Float(f) => numbers += f,
            DataRef::Int(n) => numbers += *n as f64,
            DataRef::Bool(b) => truths += u64::from(*b),
            DataRef::DateTime(d) => dates += d.as_f64() as i64,
            DataRef::Empty => count -= 1,
            other => return Err(format!("a value of no expected kind: {other:?}").into()),
        }
    }
    texts.update(&buffer);
    Ok(format!(
        "\"sum\": {{\"cells\": {count}, \"texts\": {}, \"numbers\": \"{numbers:.4}\", \"dates\": {dates}, \"true\": {truths}}}",
        texts.finalize()
    ))
}

const TITLES: [&str; 14] = [
    "Donor", "Type of donor", "City", "Country", "Amount", "Currency", "Received on", "Bank reference", "Earmarked for",
    "Exchange rate", "Rate date", "Rate source", "Remarks", "Receipt sent",
];

const PLACES: [(&str, &str); 8] = [
    ("Évreux", "France"), ("Málaga", "Spain"), ("Nairobi", "Kenya"), ("Köln", "Germany"),
    ("Medellín", "Colombia"), ("Kraków", "Poland"), ("Dakar", "Senegal"), ("Gdańsk", "Poland"),
];

struct Looks {
    text: Format,
    code: Format,
    money: Format,
    rate: Format,
    date: Format,
}

fn write(rows: u32, path: &str, constant: bool) -> Result<String, Box<dyn Error>> {
    let mut book = Workbook::new();
    let sheet = if constant { book.add_worksheet_with_constant_memory()? } else { book.add_worksheet() };
    sheet.set_name("Contributions")?;
    sheet.set_freeze_panes(1, 0)?;
    let styled = |format: &str| Format::new().set_align(FormatAlign::Top).set_num_format(format);
    let looks = Looks {
        text: styled("General"),
        code: styled("@"),
        money: styled("#,##0.00"),
        rate: styled("0.0000"),
        date: styled("yyyy-mm-dd"),
    };
    let title = Format::new().set_bold().set_background_color(Color::RGB(0xDDEBF7));
    for (col, label) in TITLES.iter().enumerate() {
        sheet.write_string_with_format(0, col as u16, *label, &title)?;
    }
    let days = days()?;
    for n in 0..rows {
        row(sheet, &looks, &days, n)?;
    }
    book.save(path)?;
    Ok(format!("\"rows\": {rows}"))
}

/// The row of the sample with a number from 0: sample.At.
fn row(sheet: &mut Worksheet, l: &Looks, days: &[ExcelDateTime], n: u32) -> Result<(), XlsxError> {
    let (city, country) = PLACES[n as usize % 8];
    let kind = if n % 3 == 0 { "foundation" } else { "company" };
    let euro = n % 5 == 0;
    let day = &days[n as usize % 700];
    let whole = 100 + u64::from(n) * 7919 % 900_000;
    let amount = (whole * 100 + u64::from(n % 100)) as f64 / 100.0;
    let r = n + 1;
    sheet.write_string_with_format(r, 0, format!("Company & Sons {}", n % 4000), &l.text)?;
    sheet.write_string_with_format(r, 1, kind, &l.text)?;
    sheet.write_string_with_format(r, 2, city, &l.text)?;
    sheet.write_string_with_format(r, 3, country, &l.text)?;
    sheet.write_number_with_format(r, 4, amount, &l.money)?;
    sheet.write_string_with_format(r, 5, if euro { "EUR" } else { "USD" }, &l.text)?;
    sheet.write_datetime_with_format(r, 6, day, &l.date)?;
    sheet.write_string_with_format(r, 7, format!("BANK-{}", 1_000_000 + n), &l.code)?;
    sheet.write_string_with_format(r, 8, if n % 2 == 0 { "fund/1.1" } else { "fund/1.2" }, &l.code)?;
    sheet.write_number_with_format(r, 9, if euro { 1.1234 } else { 1.0 }, &l.rate)?;
    sheet.write_datetime_with_format(r, 10, day, &l.date)?;
    sheet.write_string_with_format(r, 11, "ECB", &l.text)?;
    sheet.write_string_with_format(r, 12, format!("transfer number {n}"), &l.text)?;
    sheet.write_boolean_with_format(r, 13, n % 2 == 0, &l.text)?;
    Ok(())
}

/// The 700 days from 2019-10-01.
fn days() -> Result<Vec<ExcelDateTime>, XlsxError> {
    const FIRST: u32 = 43_739; // serial number of 2019-10-01
    (FIRST..FIRST + 700).map(|serial| ExcelDateTime::from_serial_datetime(f64::from(serial))).collect()
}

fn peak() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|l| l.starts_with("VmHWM")).ok_or("the system doesn't tell the memory of a process")?;
    Ok(line.split_whitespace().nth(1).ok_or("no figure")?.parse::<u64>()? << 10)
}
