import { addYears, type IsoDate, idCheckCharacter } from '@linghang/rulebook'
import type { GeneratedOrganisation } from './generate-organisations.ts'
import type { GeneratedPerson } from './generate-people.ts'

/** What can be planted in members.csv, and the error it must give; null: it is normalised and accepted. */
export const memberFaults = {
  future: 'FUTURE_DATE',
  birth: 'BIRTH_DATE_NOT_AS_ID_NUMBER',
  gender: 'SEX_NOT_AS_ID_NUMBER',
  noname: 'NAME_MISSING',
  'early-full': 'FULL_MEMBER_WITHIN_A_YEAR',
  badbase: 'MONEY_NEGATIVE',
  nobranch: 'UNKNOWN_BRANCH',
  'not-a-branch': 'NOT_A_BRANCH',
  duplicate: 'DUPLICATE_PERSON',
  minor: 'JOINED_UNDER_18',
  checksum: 'ID_NUMBER_CHECKSUM',
  'excel-id': 'ID_NUMBER_DAMAGED_BY_SPREADSHEET',
  'old-id': 'ID_NUMBER_OLD_15_DIGITS',
  'bad-date': 'DATE_IMPOSSIBLE',
  'bad-kind': 'UNKNOWN_PERSON_KIND',
  space: null,
  'fmt-cn': null,
  'fmt-dot': null,
  'fmt-compact': null,
  fullwidth: null,
  'small-x': null,
  category: null,
  sql: null,
  quotes: null,
} as const

/** What can be planted in organisations.csv, and the error it must give. */
export const organisationFaults = {
  'org-noname': 'NAME_MISSING',
  'org-duplicate': 'DUPLICATE_CODE',
  'org-nosuperior': 'UNKNOWN_SUPERIOR',
  'org-cycle': 'SUPERIOR_CYCLE',
  'org-branch-superior': 'BRANCH_AS_SUPERIOR',
  'org-second-root': 'MORE_THAN_ONE_ROOT',
  'org-future': 'FUTURE_DATE',
  'org-term': 'TERM_ENDS_BEFORE_START',
} as const

export type MemberFault = keyof typeof memberFaults
export type OrganisationFault = keyof typeof organisationFaults
export type FaultKind = MemberFault | OrganisationFault

export const isMemberFault = (kind: FaultKind): kind is MemberFault => Object.hasOwn(memberFaults, kind)

const fullWidth = (digits: string) => Array.from(digits, c => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('')

const dotted = (date: string) => date.replaceAll('-', '.')
const inChinese = (date: string) => {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

const otherCheckCharacter = (idNumber: string) => `${idNumber.slice(0, 17)}${idNumber.endsWith('1') ? '2' : '1'}`

/** A birth date whose ID number, with the person's sequence number, ends in X; written with a small one. */
function withSmallX(person: GeneratedPerson): Partial<GeneratedPerson> {
  for (let sequence = person.sex === '男' ? 999 : 998; sequence > 500; sequence -= 2) {
    const first17 = `${person.idNumber.slice(0, 14)}${sequence}`
    if (idCheckCharacter(first17) === 'X') return { idNumber: `${first17}x` }
  }
  throw new RangeError('no sequence number gives X')
}

/** The person with a fault planted. `earlier` is a person who stands further up in the file. */
export function plantMemberFault(
  kind: MemberFault,
  person: GeneratedPerson,
  surroundings: { earlier: GeneratedPerson; committeeCode: string; today: IsoDate },
): GeneratedPerson {
  const { earlier, committeeCode, today } = surroundings
  const year = (years: number) => addYears(person.birthDate, years)
  const changes: Record<MemberFault, () => Partial<GeneratedPerson>> = {
    future: () => ({ joinedOn: addYears(today, 4), fullMemberSince: addYears(today, 5) }),
    birth: () => ({ birthDate: year(1) }),
    gender: () => ({ sex: person.sex === '男' ? '女' : '男' }),
    noname: () => ({ name: ' ' }),
    'early-full': () => ({ fullMemberSince: person.joinedOn }),
    badbase: () => ({ duesCategory: '按月薪', duesBase: '-3500' }),
    nobranch: () => ({ organisationCode: '999999000000001' }),
    'not-a-branch': () => ({ organisationCode: committeeCode }),
    duplicate: () => ({ idNumber: earlier.idNumber, birthDate: earlier.birthDate, sex: earlier.sex }),
    minor: () => ({ joinedOn: year(16), fullMemberSince: year(19) }),
    checksum: () => ({ idNumber: otherCheckCharacter(person.idNumber) }),
    'excel-id': () => ({ idNumber: Number(person.idNumber.slice(0, 17)).toExponential(5).replace('e+16', 'E+17') }),
    'old-id': () => ({ idNumber: person.idNumber.slice(0, 6) + person.idNumber.slice(8, 17) }),
    'bad-date': () => ({ joinedOn: '2010-02-30', fullMemberSince: '2012-02-28' }),
    'bad-kind': () => ({ kind: '群众' }),
    space: () => ({ name: ` ${person.name.slice(0, 1)}　${person.name.slice(1)} ` }),
    'fmt-cn': () => ({ birthDate: inChinese(person.birthDate), joinedOn: inChinese(person.joinedOn) }),
    'fmt-dot': () => ({ birthDate: dotted(person.birthDate), joinedOn: dotted(person.joinedOn) }),
    'fmt-compact': () => ({ birthDate: person.birthDate.replaceAll('-', '') }),
    fullwidth: () => ({ idNumber: fullWidth(person.idNumber) }),
    'small-x': () => withSmallX(person),
    category: () => ({ kind: '正式' }),
    sql: () => ({ name: "罗伯特'); DROP TABLE member;--" }),
    quotes: () => ({ name: '阿·"小"明' }),
  }
  return { ...person, ...changes[kind]() }
}

/** The organisation with a fault planted. `others` are organisations whose places the fault makes use of. */
export function plantOrganisationFault(
  kind: OrganisationFault,
  branch: GeneratedOrganisation,
  surroundings: { earlierBranch: GeneratedOrganisation; today: IsoDate },
): GeneratedOrganisation {
  const { earlierBranch, today } = surroundings
  const changes: Record<OrganisationFault, () => Partial<GeneratedOrganisation>> = {
    'org-noname': () => ({ name: '' }),
    'org-duplicate': () => ({ code: earlierBranch.code }),
    'org-nosuperior': () => ({ superiorCode: '999999000000002' }),
    'org-cycle': () => ({ superiorCode: branch.code }),
    'org-branch-superior': () => ({ superiorCode: earlierBranch.code }),
    'org-second-root': () => ({ superiorCode: '' }),
    'org-future': () => ({ establishedOn: addYears(today, 1) }),
    'org-term': () => ({ termEnd: branch.termStart }),
  }
  return { ...branch, ...changes[kind]() }
}
