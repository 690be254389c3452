import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { IsoDate } from '@linghang/rulebook'
import {
  type FaultKind,
  isMemberFault,
  type MemberFault,
  type OrganisationFault,
  plantMemberFault,
  plantOrganisationFault,
} from './faults.ts'
import { type County, type GeneratedOrganisation, generateOrganisations, isBranch } from './generate-organisations.ts'
import { createIdNumbers, type GeneratedPerson, generatePerson } from './generate-people.ts'
import { createRandom } from './random.ts'

export type RosterOptions = {
  organisations: number
  members: number
  seed: number
  /** How many of each fault. */
  faults?: Partial<Record<FaultKind, number>>
  today: IsoDate
  county?: County
}

/** Where a fault was planted: `line` is the line of the file, the heading being line 1. */
export type Planted = { file: 'organisations.csv' | 'members.csv'; line: number; kind: FaultKind }

export type Roster = {
  /** The lines of organisations.csv, heading first, each with its line end. */
  organisations(): Iterable<string>
  /** The lines of members.csv, made as they are read: any size in little memory. */
  members(): Iterable<string>
  planted: Planted[]
}

const organisationHeading =
  '党组织代码,党组织名称,组织类别,上级党组织代码,行政区划代码,单位类别,建立日期,本届任期开始日期,任期届满日期,书记姓名,联系电话'
const memberHeading =
  '姓名,公民身份号码,性别,民族,出生日期,学历,人员类别,所在党支部代码,递交入党申请书日期,确定为入党积极分子日期,确定为发展对象日期,加入党组织日期,转为正式党员日期,工作岗位,手机号码,党费人员类别,党费计算基数（元/月）,是否流动党员,是否失联党员'

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const line = (cells: readonly string[]) => `${cells.map(cell).join(',')}\n`

const organisationLine = (o: GeneratedOrganisation) =>
  line([
    ...[o.code, o.name, o.kind, o.superiorCode, o.regionCode, o.unitKind],
    ...[o.establishedOn, o.termStart, o.termEnd, o.secretaryName, o.phone],
  ])

const personLine = (p: GeneratedPerson) =>
  line([
    ...[p.name, p.idNumber, p.sex, p.ethnicity, p.birthDate, p.education, p.kind, p.organisationCode],
    ...[p.appliedOn, p.activistSince, p.candidateSince, p.joinedOn, p.fullMemberSince],
    ...[p.post, p.phone, p.duesCategory, p.duesBase, p.floating, p.lostContact],
  ])

/** Which rows (from 0) get which fault: chance, but the same for the same seed, and never two in one row. */
function placeFaults<K extends FaultKind>(kinds: readonly K[], candidates: readonly number[], seed: number) {
  const random = createRandom(seed)
  const places = random.distinct(kinds.length, candidates.length)
  const shuffled = kinds.map(kind => [random.whole(0, 1e9), kind] as const).sort(([one], [other]) => one - other)
  return new Map(shuffled.map(([, kind], index) => [candidates[places[index]!]!, kind]))
}

function* organisationLines(
  organisations: readonly GeneratedOrganisation[],
  faults: ReadonlyMap<number, OrganisationFault>,
  earlierBranch: GeneratedOrganisation,
  today: IsoDate,
): Generator<string> {
  yield `\uFEFF${organisationHeading}\n`
  for (const [index, organisation] of organisations.entries()) {
    const fault = faults.get(index)
    yield organisationLine(fault ? plantOrganisationFault(fault, organisation, { earlierBranch, today }) : organisation)
  }
}

function* memberLines(
  options: RosterOptions & { county: County },
  branches: readonly GeneratedOrganisation[],
  faults: ReadonlyMap<number, MemberFault>,
): Generator<string> {
  const { seed, members, today, county } = options
  const random = createRandom(seed + 2)
  const takeIdNumber = createIdNumbers(county.code)
  const committeeCode = `${county.code}000000001`
  let earlier: GeneratedPerson | undefined
  yield `\uFEFF${memberHeading}\n`
  for (let index = 0; index < members; index++) {
    const fault = faults.get(index)
    const organisationCode = branches[Math.floor((index * branches.length) / members)]!.code
    const place = { index, organisationCode, today, mustBeFull: fault !== undefined }
    const person = generatePerson(random, takeIdNumber, place)
    earlier ??= person
    yield personLine(fault ? plantMemberFault(fault, person, { earlier, committeeCode, today }) : person)
    if (!fault) earlier = person
  }
}

/**
 * A county's rosters in the layout that offices use: organisations as a tree, people of every stage with ID numbers of
 * their own, faults planted as asked and listed. The same options give the same bytes.
 *
 * Throws RangeError when the roster is too small for its faults.
 */
export function generateRoster(options: RosterOptions): Roster {
  const county = options.county ?? { code: '330299', name: '示范区' }
  const { seed, today, members } = options
  const organisations = generateOrganisations(options.organisations, county, today, seed)
  const branches = organisations.filter(isBranch)
  const wanted = Object.entries(options.faults ?? {}).flatMap(([kind, count]) =>
    Array.from<FaultKind>({ length: count }).fill(kind as FaultKind),
  )
  const memberKinds = wanted.filter(isMemberFault)
  const organisationKinds = wanted.filter((kind): kind is OrganisationFault => !isMemberFault(kind))
  // The first row is the one whose ID number a duplicate may take; the first five show every stage.
  const rows = Array.from({ length: Math.max(0, members - 5) }, (_, index) => index + 5)
  const memberPlaces = placeFaults(memberKinds, memberKinds.length ? rows : [], seed + 3)
  // Faults go into branches, the last ones of the file, and the people live in the sound ones.
  const branchRows = organisations.flatMap((organisation, index) => (isBranch(organisation) ? [index] : []))
  const organisationPlaces = placeFaults(organisationKinds, branchRows.slice(1), seed + 4)
  const sound = branches.filter(branch => !organisationPlaces.has(organisations.indexOf(branch)))
  const planted: Planted[] = [
    ...[...organisationPlaces].map(([row, kind]) => ({ file: 'organisations.csv' as const, line: row + 2, kind })),
    ...[...memberPlaces].map(([row, kind]) => ({ file: 'members.csv' as const, line: row + 2, kind })),
  ]
  return {
    organisations: () => organisationLines(organisations, organisationPlaces, branches[0]!, today),
    members: () => memberLines({ ...options, county }, sound, memberPlaces),
    planted,
  }
}

/** Writes organisations.csv and members.csv into a folder. Returns what was planted where. */
export async function writeRoster(folder: string, options: RosterOptions): Promise<Planted[]> {
  const roster = generateRoster(options)
  await mkdir(folder, { recursive: true })
  await pipeline(Readable.from(roster.organisations()), createWriteStream(join(folder, 'organisations.csv')))
  await pipeline(Readable.from(roster.members()), createWriteStream(join(folder, 'members.csv')))
  return roster.planted
}
