import { type IsoDate, isIsoDate } from './calendar.ts'

/** Sex as the ID number states it: an odd sequence number is a man, an even one a woman (GB 11643-1999). */
export type Sex = 'MALE' | 'FEMALE'

/** What a citizen identity number says about its holder. */
export type IdNumberContent = { number: string; regionCode: string; birthDate: IsoDate; sex: Sex }

/** Why a text is not a citizen identity number. */
export type IdNumberFault = 'OLD_15_DIGITS' | 'NOT_18_DIGITS' | 'IMPOSSIBLE_BIRTH_DATE' | 'CHECK_DIGIT'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** The check character of the first 17 digits of an identity number (ISO 7064 MOD 11-2, GB 11643-1999). */
export function idCheckCharacter(first17Digits: string): string {
  let sum = 0
  for (let index = 0; index < 17; index++) sum += Number(first17Digits[index]) * weights[index]!
  return checkCharacters[sum % 11]!
}

/**
 * Reads a citizen identity number of 18 characters (17 digits and a check character, `X` in capitals).
 * Returns what it says, or the first fault found. Numbers of 15 digits were withdrawn on 2013-01-01
 * (Law on Resident Identity Cards, 2011 amendment).
 */
export function readIdNumber(text: string): IdNumberContent | { fault: IdNumberFault } {
  if (/^\d{15}$/.test(text)) return { fault: 'OLD_15_DIGITS' }
  if (!/^\d{17}[\dX]$/.test(text)) return { fault: 'NOT_18_DIGITS' }
  const birthDate = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  if (!isIsoDate(birthDate) || birthDate < '1900-01-01') return { fault: 'IMPOSSIBLE_BIRTH_DATE' }
  if (idCheckCharacter(text) !== text[17]) return { fault: 'CHECK_DIGIT' }
  const sex = Number(text[16]) % 2 === 1 ? 'MALE' : 'FEMALE'
  return { number: text, regionCode: text.slice(0, 6), birthDate, sex }
}
