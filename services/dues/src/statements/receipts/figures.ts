/** 1234.50, as a sum of fen is written in yuan. */
export function inFigures(fen: bigint): string {
  const yuan = fen < 0n ? -fen : fen
  return `${fen < 0n ? '-' : ''}${yuan / 100n}.${`${yuan % 100n}`.padStart(2, '0')}`
}

/** 2026年11月2日, in Arabic numerals and without leading zeros (GB/T 9704). */
export const writtenDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/**
 * A sum of fen as a spreadsheet's number of yuan: the double nearest to its decimals, which every spreadsheet shows as those
 * again up to 15 digits. Nothing is ever added up in it.
 */
export const yuanOf = (fen: bigint): number => Number(inFigures(fen))
