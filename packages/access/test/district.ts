import type { Actor } from '@linghang/access'
import { uuidOf } from '@linghang/harness/ask'
import { createCity } from '@linghang/harness/city'
import { type County, createCounty, everywhereKnown, orgCode, seedActor, treeOf } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { importRoster, previewImport, seedMembers, uploadRoster } from '@linghang/harness/imports'
import { fullMember, membersCsv, organisationsCsv, type PersonRow } from '@linghang/harness/people'
import type { World } from '@linghang/harness/world'
import { seedAppeals } from './assessment-appeals.ts'
import { seedDraws } from './assessment-draws.ts'
import { seedFacts } from './assessment-facts.ts'
import { seedBooks, seedDues } from './books.ts'
import { seedElections } from './elections.ts'
import { seedJoint } from './joint.ts'
import { seedLife } from './life.ts'
import { seedAnnounced, seedMeetings } from './meetings.ts'
import { seedChanges, seedGroups, seedSeats } from './organisations.ts'
import {
  nameOf,
  type Person,
  type Place,
  people,
  personNameOf,
  personNames,
  placeNames,
  places,
  profileOf,
} from './places.ts'
import { plantDues } from './planted.ts'
import { seedReviews } from './reviews.ts'

export type District = Awaited<ReturnType<typeof seedDistrict>>

/** The same small county for every way of looking at it, with somebody in each office and an import in each place. */
export async function seedDistrict(world: World) {
  const county = await createCounty(world)
  const codes = Object.fromEntries(placeNames.map(name => [name, orgCode(county, places[name].n)])) as Record<
    Place,
    string
  >
  await seedTree(county, codes)
  const tree = await treeOf(county)
  const org = Object.fromEntries(placeNames.map(name => [name, tree[codes[name]]])) as Record<Place, string>
  const rows = Object.fromEntries(
    personNames.map(name => [name, fullMember(county.code, codes[people[name]], { 姓名: personNameOf(name) })]),
  ) as Record<Person, PersonRow>
  const members = await seedMembers(county, Object.values(rows))
  const person = Object.fromEntries(personNames.map(name => [name, members.get(personNameOf(name))])) as Record<
    Person,
    string
  >
  const actors = await seedActors(county, org, person)
  const meetings = await seedMeetings(county, org)
  const seats = await seedSeats(county, org, person)
  const announced = await seedAnnounced(county, org)
  const changes = await seedChanges(county, org)
  const elections = await seedElections(county, org)
  const groups = await seedGroups(county, org)
  const life = await seedLife(county, org, person)
  const reviews = await seedReviews(county, org, person, announced)
  const joint = await seedJoint(county, org, codes)
  const appeals = await seedAppeals(county, org)
  const draws = await seedDraws(county, org)
  const recorded = await seedFacts(county, org, person)
  const books = await seedBooks(county, org)
  const imports = {
    org: await seedImport(county, 'org', org.a, badOrganisation(codes.a)),
    members: await seedImport(county, 'members', org.a2, badMember(rows.mei)),
    own: await seedImport(county, 'members', org.a1, badMember(rows.kai)),
    county: await seedImport(county, 'members', undefined, badMember(rows.ning)),
  }
  await seedDues(county, org, person)
  await seedPersonalReminders(county, person)
  const planted = await plantDues({ county, org, person, books })
  return {
    county,
    world,
    codes,
    org,
    rows,
    person,
    actors,
    meetings,
    announced,
    seats,
    changes,
    elections,
    groups,
    life,
    reviews,
    joint,
    appeals,
    draws,
    recorded,
    books,
    imports,
    planted,
  }
}

async function seedTree(county: County, codes: Record<Place, string>) {
  const csv = organisationsCsv(
    placeNames.map(name => ({
      党组织代码: codes[name],
      党组织名称: nameOf(name),
      组织类别: places[name].kind,
      上级党组织代码: places[name].superior ? codes[places[name].superior] : '',
      本届任期开始日期: '',
      任期届满日期: '',
      书记姓名: profileOf(name),
    })),
  )
  await importRoster(county.world, county.admin, 'org', csv)
  await everywhereKnown(county)
}

/** For each something that is theirs alone to find. */
async function seedPersonalReminders(county: County, person: Record<Person, string>) {
  for (const name of personNames)
    await look(
      'workflows',
      `insert into personal_reminder (id, county_id, member_id, kind, month, months, light, shown_from, version)
        values (uuidv7(), $1, $2, 'DUES_OPEN', $3, 1, 'YELLOW', now() - interval '1 hour', 1)`,
      [county.id, uuidOf(person[name]), monthOfReminder(name)],
      county.world.databaseSuffix,
    )
}

/** Of another month each: by that it is known whose it is. */
export const monthOfReminder = (person: Person) => `2026-0${personNames.indexOf(person) + 1}-01`

async function seedActors(county: County, org: Record<Place, string>, person: Record<Person, string>) {
  const member = await seedActor(county, 'APP', org.a1, { kind: 'APP' })
  const own = await seedActor(county, 'AUDITOR', org.a1, { memberId: person.kai })
  const scopes = ['org', 'members', 'dues', 'assessment'].flatMap(name => [`${name}:read`, `${name}:write`])
  return {
    countyAdmin: county.admin,
    leaderOfA: await seedActor(county, 'LEADER', org.a),
    inspectorOfA: await seedActor(county, 'DISCIPLINE_INSPECTOR', org.a),
    adminOfA: await seedActor(county, 'ADMIN', org.a),
    treasurerOfA: await seedActor(county, 'TREASURER', org.a),
    cashierOfA1: await seedActor(county, 'CASHIER', org.a1),
    secretaryOfA1: await seedActor(county, 'SECRETARY', org.a1),
    adminOfA1: await seedActor(county, 'ADMIN', org.a1),
    // The account keeps its link to the file; the office is left out, as it is for nearly everybody.
    ordinaryMember: { ...own, grants: [] } satisfies Actor,
    appOfA1: { ...member, scopes } satisfies Actor,
    readingAppOfA1: { ...member, scopes: scopes.filter(scope => scope.endsWith(':read')) } satisfies Actor,
    stranger: (await createCounty(county.world)).admin,
    // Of the city to which this very county belongs.
    officeOfCity: (await createCity([county], county.world)).office,
  }
}
export type ActorName = keyof District['actors']

const badMember = (row: PersonRow) => membersCsv([{ ...row, 人员类别: '群众' }])
const badOrganisation = (code: string) =>
  organisationsCsv([
    {
      党组织代码: `${code.slice(0, 6)}BAD`,
      党组织名称: '坏行',
      组织类别: '协会',
      上级党组织代码: code,
      本届任期开始日期: '',
      任期届满日期: '',
      书记姓名: '',
    },
  ])

async function seedImport(county: County, kind: 'org' | 'members', at: string | undefined, csv: string) {
  const id = await uploadRoster(county.world, county.admin, kind, csv, at)
  const state = await previewImport(county.world, county.admin, kind, id)
  if (state.errors === 0) throw new Error('the planted fault was not found')
  return id
}
