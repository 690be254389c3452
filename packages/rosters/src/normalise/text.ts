import { accept, type Normaliser, refuse } from './reading.ts'

/** Characters that are not seen: zero-width ones, byte order marks, control characters. */
const unseen = /[\p{Cc}\u00ad\u200b-\u200f\u2060\ufeff]/gu

/** Half-width forms, no spaces of any kind: what codes, numbers and headings are compared in. */
export const fold = (text: string): string => text.normalize('NFKC').replace(unseen, '').replace(/\s+/gu, '')

/**
 * Digits and codes as typed into a spreadsheet: folded, and without the apostrophe that marks a cell as text and that
 * some programs export with it.
 */
export const foldCode = (text: string): string => fold(text).replace(/^['’‘`]/, '')

/** Whether a spreadsheet has turned digits into a floating point number: `3.30302E+17`. */
export const isPowerOfTen = (folded: string): boolean => /^\d(\.\d+)?E\+?\d+$/i.test(folded)

/** Text without outer spaces; inner runs of spaces, line breaks among them, become one space. */
export const tidy = (text: string): string => text.replace(/\s+/gu, ' ').replace(unseen, '').trim()

/** Any text, tidied. */
export const readText: Normaliser<string> = cell => accept(tidy(cell))

const latin = /\p{Script=Latin}/u

/**
 * A person's name. Spaces inside a Chinese name are layout (`王　伟`) and go; a name in Latin letters keeps single
 * ones. The dot of a transcribed name is `·` however it was typed. Apostrophes and the like are legal.
 */
export const readPersonName: Normaliser<string> = cell => {
  const tidied = tidy(cell)
    .replace(/[•‧∙・･．\u22c5\u318d\ufe52]/g, '·')
    .replace(/(?<=\p{Script=Han})[.。](?=\p{Script=Han})/gu, '·')
  const name = latin.test(tidied) ? tidied : tidied.replace(/\s+/gu, '')
  const wanted = { zh: '不超过 50 个字的姓名', en: 'a name of at most 50 characters' }
  if (!/\p{L}/u.test(name)) {
    return refuse('NAME_NOT_A_NAME', { zh: '姓名里没有文字', en: 'the name holds no letter' }, wanted)
  }
  // A neighbour's column that slipped in: nobody is to be listed by a number.
  if (/\d{6}/.test(fold(name).replace(/-/g, ''))) {
    return refuse('NAME_NOT_A_NAME', { zh: '姓名里混入了号码', en: 'the name holds a number' }, wanted)
  }
  if (Array.from(name).length > 50) {
    return refuse('NAME_TOO_LONG', { zh: '姓名太长', en: 'the name is too long' }, wanted)
  }
  return accept(name)
}

/** Whether a rare character was lost where the table was saved in an encoding without it: `王?`. */
export const hasLostCharacter = (name: string): boolean => /[?？\ufffd]/u.test(name)

/** The name of an organisation: without spaces, brackets as the office typed them. */
export const readOrganisationName: Normaliser<string> = cell => {
  const tidied = tidy(cell)
  const name = latin.test(tidied) ? tidied : tidied.replace(/\s+/gu, '')
  if (Array.from(name).length > 120) {
    return refuse(
      'NAME_TOO_LONG',
      { zh: '名称太长', en: 'the name is too long' },
      { zh: '不超过 120 个字', en: 'at most 120 characters' },
    )
  }
  return accept(name)
}

/** The code of an organisation: 6 to 32 digits and capital letters. */
export const readOrganisationCode: Normaliser<string> = cell => {
  const code = foldCode(cell).toUpperCase()
  const wanted = {
    zh: '6 至 32 位数字或大写字母的党组织代码',
    en: 'an organisation code of 6 to 32 digits or capitals',
  }
  if (isPowerOfTen(code)) {
    return refuse(
      'CODE_DAMAGED_BY_SPREADSHEET',
      {
        zh: '代码被表格软件改成了科学计数，后几位已丢失；请把该列设为“文本”后重新填写',
        en: 'a spreadsheet turned the code into a number and lost digits; format the column as text and type it anew',
      },
      wanted,
    )
  }
  if (!/^[0-9A-Z]{6,32}$/.test(code)) {
    return refuse('BAD_ORGANISATION_CODE', { zh: '不是党组织代码', en: 'this is not an organisation code' }, wanted)
  }
  return accept(code)
}
