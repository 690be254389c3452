import { type RowJudge, readIdNumberCell } from '@linghang/rosters'
import type { IdNumberContent, IsoDate, Sex } from '@linghang/rulebook'
import { readSex } from './coded-values.ts'
import type { MemberColumn } from './columns.ts'
import { readPastDate } from './stage-rules.ts'

type Judge = RowJudge<MemberColumn>

/**
 * Who the row is about; each part null when it could not be read. `birthDate` and `sex` are null as well when they
 * contradict the ID number: then nobody knows which is right, and no rule may build on them.
 */
export type Identity = { content: IdNumberContent | null; birthDate: IsoDate | null; sex: Sex | null }

/**
 * Reads ID number, birth date and sex and holds them against each other; a blank birth date or sex is taken from the
 * ID number. The ID number's own digits are not repeated: with them a masked number would be whole again.
 */
export function readIdentity(judge: Judge, today: IsoDate): Identity {
  const content = judge.require('idNumber', readIdNumberCell, {
    code: 'ID_NUMBER_MISSING',
    about: { zh: '必填内容没有填', en: 'a required value is missing' },
    wanted: { zh: '18 位公民身份号码', en: 'a citizen identity number of 18 characters' },
  })
  const birthDate = readPastDate(judge, 'birthDate', today) ?? content?.birthDate ?? null
  const sex = judge.read('sex', readSex) ?? content?.sex ?? null
  if (content !== null && content.birthDate > today) {
    judge.report({
      column: 'idNumber',
      code: 'BORN_IN_THE_FUTURE',
      about: { zh: '号码里的出生日期在将来', en: 'the birth date in the number is in the future' },
      wanted: { zh: '本人的公民身份号码', en: 'the person’s own ID number' },
    })
  }
  const wrongBirthDate = content !== null && birthDate !== content.birthDate
  const wrongSex = content !== null && sex !== content.sex
  if (wrongBirthDate) {
    judge.report({
      column: 'birthDate',
      code: 'BIRTH_DATE_NOT_AS_ID_NUMBER',
      about: { zh: '与身份号码里的出生日期不一致', en: 'not the birth date in the ID number' },
      wanted: { zh: '身份号码第 7 至 14 位的日期', en: 'the date in digits 7 to 14 of the ID number' },
    })
  }
  if (wrongSex) {
    judge.report({
      column: 'sex',
      code: 'SEX_NOT_AS_ID_NUMBER',
      about: { zh: '与身份号码里的性别不一致', en: 'not the sex in the ID number' },
      wanted: { zh: '身份号码第 17 位单数为男、双数为女', en: 'by digit 17 of the ID number: odd 男, even 女' },
    })
  }
  return { content, birthDate: wrongBirthDate ? null : birthDate, sex: wrongSex ? null : sex }
}

/** Whether the row's ID number is borne out by its birth date and sex. */
const isBorneOut = ({ birthDate, sex }: Identity): boolean => birthDate !== null && sex !== null

/** Two lines with one ID number: which of them is wrong, and which was there or fits better. */
export type SamePerson = { wrongLine: number; otherLine: number }

// Region, day of birth and sequence number: all of an ID number but its check character.
function keyOf({ number, birthDate }: IdNumberContent): number {
  const day = Math.round(Date.parse(birthDate) / 86_400_000) + 30_000
  return (Number(number.slice(0, 6)) * 200_000 + day) * 1_000 + Number(number.slice(14, 17))
}

/**
 * Remembers which line of a file first named a person. A number of 8 bytes a person, not a text: rosters have half a
 * million lines.
 *
 * The later line is the wrong one, unless only the earlier contradicts the ID number that both carry: a number typed
 * into a neighbour's row must not cost its holder their place.
 */
export function createSeenPeople() {
  const lineOf = new Map<number, number>()
  const contradicted = new Set<number>()
  return {
    note(identity: Identity, line: number): SamePerson | null {
      if (!identity.content) return null
      const key = keyOf(identity.content)
      const first = lineOf.get(key)
      if (first !== undefined && !(contradicted.has(key) && isBorneOut(identity))) {
        return { wrongLine: line, otherLine: first }
      }
      lineOf.set(key, line)
      if (!isBorneOut(identity)) contradicted.add(key)
      else contradicted.delete(key)
      return first === undefined ? null : { wrongLine: first, otherLine: line }
    },
  }
}
