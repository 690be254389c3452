import { addDays } from '@linghang/rulebook'

/** Built-in number formats that show a date (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are the East Asian ones). */
const builtInDateFormats = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])

/** Whether a number format shows a date: it has a year, or a day beside a month, outside quotes and brackets. */
export function isDateFormat(formatId: number, formatCode: string | undefined): boolean {
  if (formatCode === undefined) return builtInDateFormats.has(formatId)
  const shown = formatCode.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '').toLowerCase()
  return /y|e/.test(shown) ? /[ymd]/.test(shown) : /m/.test(shown) && /d/.test(shown)
}

/**
 * The date that a spreadsheet's day number means. Day 60 of the 1900 system is 29 February 1900, which never was;
 * days before it, and what is no day at all, give null.
 */
export function dateOfSerial(serial: number, from1904 = false): string | null {
  const day = Math.floor(serial)
  if (from1904) return day >= 0 && day <= 2_957_003 ? addDays('1904-01-01', day) : null
  return day > 60 && day <= 2_958_465 ? addDays('1899-12-30', day) : null
}

/**
 * A stored number as the text a person would have typed. Spreadsheets keep 15 digits: a longer whole number has lost
 * its end already, and is given in powers of ten so that whoever reads an ID number sees the damage.
 */
export function textOfNumber(stored: string): string {
  const value = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(value)) return stored
  if (Math.abs(value) >= 1e15)
    return value
      .toExponential(14)
      .replace(/\.?0+e/, 'E')
      .replace('e', 'E')
  const rounded = Number(value.toPrecision(15))
  const text = String(rounded)
  return text.includes('e') ? rounded.toFixed(10).replace(/\.?0+$/, '') : text
}
