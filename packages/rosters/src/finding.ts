/** A text for people, in the two languages the platform speaks. */
export type Text = { zh: string; en: string }

export type Severity = 'ERROR' | 'WARNING'

/**
 * What is wrong, or doubtful, in a roster. `line` is the line of the file as the office sees it, `null` for the file as
 * a whole; `column` is the heading of the column. `found` never holds a whole ID or phone number: findings are stored
 * and handed out, see `maskIdNumber` and `maskPhone`.
 */
export type Finding = {
  line: number | null
  column: string | null
  severity: Severity
  code: string
  found: string
  wanted: Text
  message: Text
}

const FOUND_MAX_CHARACTERS = 80

const invisible = /\p{Cc}+/gu

/** Whole ID and mobile numbers, wherever an office typed them: a shifted column must not carry them out either. */
const scrub = (text: string) =>
  text
    .replace(/(?<![\d０-９])[\d０-９](?:[\s-]?[\d０-９]){16}[\s-]?[\dXx０-９Ｘｘ](?![\d０-９])/g, maskIdNumber)
    .replace(/(?<![\d０-９])[1１][\s-]?[3-9３-９](?:[\s-]?[\d０-９]){9}(?![\d０-９])/g, maskPhone)

function shorten(text: string): string {
  const plain = scrub(text.replace(invisible, ' ').trim())
  const characters = Array.from(plain)
  return characters.length > FOUND_MAX_CHARACTERS ? `${characters.slice(0, FOUND_MAX_CHARACTERS).join('')}…` : plain
}

/** Builds a finding; its message names what was found and what is wanted, in both languages. */
export function createFinding(finding: Omit<Finding, 'message' | 'found'> & { found: string; about: Text }): Finding {
  const { line, severity, code, wanted, about } = finding
  // A heading is what an office typed as well: of a file without one it is a row of somebody's numbers.
  const column =
    finding.column === null
      ? null
      : Array.from(scrub(finding.column.replaceAll('\0', '')))
          .slice(0, FOUND_MAX_CHARACTERS)
          .join('')
  const found = shorten(finding.found)
  const whereZh = `${line === null ? '' : `第 ${line} 行`}${column === null ? '' : `「${column}」`}`
  const whereEn = [line === null ? '' : `line ${line}`, column === null ? '' : `“${column}”`].filter(Boolean).join(', ')
  // Of a file or a whole line nobody left anything blank.
  const isOfCell = column !== null || found !== ''
  const foundZh = isOfCell ? `${found === '' ? '未填写' : `填的是“${found}”`}，` : ''
  const foundEn = isOfCell ? `${found === '' ? 'nothing was found' : `found “${found}”`}, ` : ''
  return {
    line,
    column,
    severity,
    code,
    found,
    wanted,
    message: {
      zh: `${whereZh ? `${whereZh}：` : ''}${about.zh}；${foundZh}应为：${wanted.zh}`,
      en: `${whereEn ? `${whereEn}: ` : ''}${about.en}; ${foundEn}wanted: ${wanted.en}`,
    },
  }
}

/** `330302********4604`-like: region and the last four stay, so that the office finds the person but no reader learns the number. */
export function maskIdNumber(text: string): string {
  const characters = Array.from(text.trim())
  const head = characters.length >= 15 ? 6 : 2
  const tail = characters.length >= 15 ? 4 : 0
  return characters.map((c, index) => (index < head || index >= characters.length - tail ? c : '*')).join('')
}

/** `138****1234`: the first three and, of a whole number, the last four stay. */
export function maskPhone(text: string): string {
  const characters = Array.from(text.trim())
  const tail = characters.length >= 11 ? 4 : 0
  return characters.map((c, index) => (index < 3 || index >= characters.length - tail ? c : '*')).join('')
}

/** A cell of a CSV that a spreadsheet opens as text: never as a formula (OWASP, CSV injection), always quoted. */
function csvCell(text: string): string {
  const defused = /^\s*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text
  return `"${defused.replaceAll('"', '""')}"`
}

const heading = ['行号', '列', '级别', '代码', '填写内容', '应为', 'Wanted', '说明', 'Message']
const levelNames = { ERROR: '错误', WARNING: '提醒' }

/**
 * The findings as a CSV that an office opens in its spreadsheet: UTF-8 with a BOM (without it Excel reads Chinese as
 * mojibake), CRLF, a cell that begins like a formula defused. The caller bounds how many there are.
 */
export function findingsToCsv(findings: Iterable<Finding>): string {
  const lines = [`\uFEFF${heading.map(csvCell).join(',')}\r\n`]
  for (const { line, column, severity, code, found, wanted, message } of findings) {
    const level = `${levelNames[severity]} ${severity}`
    const cells = [String(line ?? ''), column ?? '', level, code, found, wanted.zh, wanted.en, message.zh, message.en]
    lines.push(`${cells.map(csvCell).join(',')}\r\n`)
  }
  return lines.join('')
}
