import { addDays, addYears, type IsoDate } from '@linghang/rulebook'
import { createRandom, type Random } from './random.ts'
import { companyName, personName, placeName } from './words.ts'

export type GeneratedOrganisation = {
  code: string
  name: string
  kind: string
  superiorCode: string
  regionCode: string
  unitKind: string
  establishedOn: IsoDate
  termStart: IsoDate
  termEnd: IsoDate
  secretaryName: string
  phone: string
}

export type County = { code: string; name: string }

const branchKinds = new Set(['党支部', '联合党支部', '临时党支部'])
export const isBranch = (organisation: GeneratedOrganisation): boolean => branchKinds.has(organisation.kind)

/** Organisations below one committee of the second level, about as in a district of 2,600. */
const ORGANISATIONS_A_COMMITTEE = 80

type Draft = Pick<GeneratedOrganisation, 'name' | 'kind' | 'superiorCode' | 'unitKind'> & { termYears: number }

/** The organisations of a county as a tree, superiors first: committee, committees, general branches, branches. */
export function generateOrganisations(count: number, county: County, today: IsoDate, seed: number) {
  if (count < 3) throw new RangeError('a county wants at least 3 organisations')
  const random = createRandom(seed)
  const organisations: GeneratedOrganisation[] = []
  function add(draft: Draft): string {
    const { termYears, ...rest } = draft
    const code = `${county.code}${String(organisations.length + 1).padStart(9, '0')}`
    organisations.push({ code, ...rest, ...circumstances(random, county, today, termYears) })
    return code
  }
  const root = add({
    name: `中共${county.name}委员会`,
    kind: '县级党委',
    superiorCode: '',
    unitKind: '机关',
    termYears: 5,
  })
  const committees = Math.max(1, Math.floor((count - 1) / (ORGANISATIONS_A_COMMITTEE + 1)))
  for (let index = 0; index < committees; index++) {
    const left = count - organisations.length
    addCommittee(random, county, root, index, Math.ceil(left / (committees - index)), add)
  }
  return organisations
}

function circumstances(random: Random, county: County, today: IsoDate, termYears: number) {
  // One term in a hundred has run out without an election.
  const daysSinceStart = random.whole(1, termYears * 365 - 2) + (random.chance(0.01) ? termYears * 365 : 0)
  const termStart = addDays(today, -daysSinceStart)
  return {
    regionCode: county.code,
    establishedOn: addDays(termStart, -random.whole(1, 9_000)),
    termStart,
    termEnd: addDays(addYears(termStart, termYears), -1),
    secretaryName: personName(random),
    phone: `0574-8${random.whole(0, 9_999_999).toString().padStart(7, '0')}`,
  }
}

function addCommittee(
  random: Random,
  county: County,
  superiorCode: string,
  index: number,
  size: number,
  add: (draft: Draft) => string,
): void {
  const place = placeName(random)
  const own = [
    { name: `中共${county.name}${place}街道工作委员会`, kind: '党工委', unitKind: '街道乡镇' },
    { name: `中共${place}镇委员会`, kind: '党委', unitKind: '街道乡镇' },
    { name: `中共${county.name}${place}局机关委员会`, kind: '机关党委', unitKind: '机关' },
  ][index % 3]!
  const code = add({ ...own, superiorCode, termYears: 5 })
  for (let left = size - 1; left > 0; ) {
    const belowGeneralBranch = left > 3 && random.chance(0.06) ? random.whole(2, 3) : 0
    if (belowGeneralBranch === 0) {
      add({ ...branchDraft(random, place), superiorCode: code })
      left--
      continue
    }
    const community = `${place}${placeName(random)}社区`
    const general = add({
      name: `${community}党总支`,
      kind: '党总支',
      superiorCode: code,
      unitKind: '社区',
      termYears: 5,
    })
    for (let branch = 1; branch <= belowGeneralBranch; branch++) {
      const name = `${community}第${'一二三'[branch - 1]}党支部`
      add({ name, kind: '党支部', superiorCode: general, unitKind: '社区', termYears: 5 })
    }
    left -= belowGeneralBranch + 1
  }
}

function branchDraft(random: Random, place: string): Omit<Draft, 'superiorCode'> {
  const roll = random.whole(1, 100)
  if (roll <= 15) return { name: `${place}${placeName(random)}村党支部`, kind: '党支部', unitKind: '村', termYears: 5 }
  if (roll <= 25)
    return { name: `${place}${companyName(random)}联合党支部`, kind: '联合党支部', unitKind: '两新', termYears: 3 }
  if (roll <= 27)
    return { name: `${place}${companyName(random)}专班临时党支部`, kind: '临时党支部', unitKind: '机关', termYears: 3 }
  return { name: `${place}${companyName(random)}党支部`, kind: '党支部', unitKind: '两新', termYears: 3 }
}
