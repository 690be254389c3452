import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { createCity } from '@linghang/harness/city'
import { type County, createCounty, everywhereKnown, orgCode, seedActor, treeOf } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { importRoster, previewImport, seedMembers, uploadRoster } from '@linghang/harness/imports'
import { fullMember, membersCsv, organisationsCsv, type PersonRow } from '@linghang/harness/people'
import type { World } from '@linghang/harness/world'
import { seedAppeals } from './assessment-appeals.ts'
import { seedDraws } from './assessment-draws.ts'
import { seedFacts } from './assessment-facts.ts'
import { seedElections } from './elections.ts'
import { seedJoint } from './joint.ts'
import { seedLife } from './life.ts'
import { plantDues } from './planted.ts'
import { seedReviews } from './reviews.ts'

/** Organisations by the short names under which the tests speak of them: superior, kind, number in their code. */
export const places = {
  root: { n: 1, superior: null, kind: '县级党委' },
  a: { n: 2, superior: 'root', kind: '党工委' },
  b: { n: 3, superior: 'root', kind: '党委' },
  a1: { n: 4, superior: 'a', kind: '党支部' },
  a2: { n: 5, superior: 'a', kind: '党支部' },
  b1: { n: 6, superior: 'b', kind: '党支部' },
} as const
export type Place = keyof typeof places
export const placeNames = Object.keys(places) as Place[]

/** People by where they are. */
export const people = { kai: 'a1', lan: 'a1', mei: 'a2', ning: 'b1' } as const
export type Person = keyof typeof people
export const personNames = Object.keys(people) as Person[]

export const below = (place: Place): Place[] => [
  place,
  ...placeNames.filter(name => places[name].superior === place).flatMap(below),
]
export const above = (place: Place): Place[] => {
  const superior = places[place].superior
  return superior ? [superior, ...above(superior)] : []
}

/** What stands in a record and nowhere else: a name is known to inferiors, the secretary of a superior is not. */
export const nameOf = (place: Place) => `组织${place.toUpperCase()}号`
export const profileOf = (place: Place) => `书记${place.toUpperCase()}某`
export const personNameOf = (person: Person) => `成员${person.toUpperCase()}`

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

/** A base of this year for everybody, hardship for which the branch has asked, what is owed and received; the books are open. */
async function seedDues(county: County, org: Record<Place, string>, person: Record<Person, string>) {
  const today = shanghaiDay(new Date())
  const ask = <Type extends string>(field: string, type: Type, input: object) =>
    county.world.askUntyped.dues(
      county.admin,
      `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`,
      { input },
    )
  const year = Number(today.slice(0, 4))
  dataOf(await ask('beginDuesFixing', 'BeginDuesFixingInput', { organisationId: org.root, year }))
  const hardship = { fromMonth: today, toMonth: today, hardship: 'ILLNESS', reason: '长期住院' }
  for (const name of personNames) {
    const input = { ...hardship, memberId: person[name], studiedOn: today, studyNumber: '7' }
    dataOf(await ask('requestDuesWaiver', 'RequestDuesWaiverInput', input))
  }
  // A bill of this month for everybody, and a fen that was received and waits to be confirmed.
  for (const name of personNames) {
    const memberId = person[name]
    // The last day of the month before.
    const through = shanghaiDay(new Date(Date.parse(`${today.slice(0, 7)}-01T00:00:00Z`) - 86_400_000))
    dataOf(await ask('recordDuesPaidThrough', 'RecordDuesPaidThroughInput', { memberId, through }))
    const received = { memberId, amountFen: '1', way: 'BANK', receivedOn: today, payer: 'SELF' }
    dataOf(await ask('recordDuesPayment', 'RecordDuesPaymentInput', received))
  }
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

/** What only a change that was asked for says. */
export const newNameOf = (place: Place) => `更名${place.toUpperCase()}后`

/** Another name asked for each branch. @returns the ids of the processes by place */
async function seedChanges(county: County, org: Record<Place, string>) {
  const change = async (place: MeetingPlace) => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { id } } }',
      { input: { organisationId: org[place], kind: 'RENAME', name: newNameOf(place), reason: '更名' } },
    )
    return [place, dataOf(answer).requestOrganisationChange.change.id as string] as const
  }
  const changes = [await change('a1'), await change('a2'), await change('b1')]
  return Object.fromEntries(changes) as Record<MeetingPlace, string>
}

/** What only a party group says. */
export const groupNameOf = (place: Place) => `小组${place.toUpperCase()}号`

/** A party group in each branch. @returns their ids by place */
async function seedGroups(county: County, org: Record<Place, string>) {
  const group = async (place: MeetingPlace) => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: FormPartyGroupInput!) { formPartyGroup(input: $input) { group { id } } }',
      { input: { organisationId: org[place], name: groupNameOf(place), memberIds: [] } },
    )
    return [place, dataOf(answer).formPartyGroup.group.id as string] as const
  }
  const groups = [await group('a1'), await group('a2'), await group('b1')]
  return Object.fromEntries(groups) as Record<MeetingPlace, string>
}

/** What only a seat says. */
export const evidenceOf = (place: Place) => `批复${place.toUpperCase()}号`

/** A secretary in each branch. @returns the ids of their seats by place */
async function seedSeats(county: County, org: Record<Place, string>, person: Record<Person, string>) {
  const seat = async (place: MeetingPlace, name: Person) => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }',
      {
        input: {
          ...{ organisationId: org[place], memberId: person[name], post: 'SECRETARY', entry: 'ELECTED' },
          ...{ from: '2026-01-05', evidence: evidenceOf(place) },
        },
      },
    )
    return [place, dataOf(answer).recordSeat.seat.id as string] as const
  }
  const seats = [await seat('a1', 'kai'), await seat('a2', 'mei'), await seat('b1', 'ning')]
  return Object.fromEntries(seats) as Record<MeetingPlace, string>
}

/** What only a meeting's minutes say. */
export const minutesOf = (place: Place) => `记录${place.toUpperCase()}会`
export const meetingPlaces = ['a1', 'a2', 'b1'] as const
export type MeetingPlace = (typeof meetingPlaces)[number]

/** A draft at each branch. @returns ids by place */
async function seedMeetings(county: County, org: Record<Place, string>) {
  const record = async (place: MeetingPlace) => {
    const content = { heldOn: '2026-01-05', minutes: minutesOf(place) }
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
      { input: { organisationId: org[place], kind: 'BRANCH_ASSEMBLY', content } },
    )
    return [place, dataOf(answer).recordMeeting.meeting.id as string] as const
  }
  return Object.fromEntries(await Promise.all(meetingPlaces.map(record))) as Record<MeetingPlace, string>
}

/** Somebody of each branch that meets, and what only its notice of a meeting says. */
export const meetingPeople = { a1: 'kai', a2: 'mei', b1: 'ning' } as const satisfies Record<MeetingPlace, Person>
export const noticeOf = (place: MeetingPlace) => `会场${place.toUpperCase()}厅`

/** A meeting to come of each branch, of which its people have been told. @returns ids by place */
async function seedAnnounced(county: County, org: Record<Place, string>) {
  const announce = async (place: MeetingPlace) => {
    const plan = { startsAt: '2099-01-05T01:00:00Z', place: noticeOf(place) }
    const { planMeeting } = dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: PlanMeetingInput!) { planMeeting(input: $input) { meeting { id } } }',
        { input: { organisationId: org[place], kind: 'BRANCH_ASSEMBLY', plan } },
      ),
    )
    const { id } = planMeeting.meeting
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: AnnounceMeetingInput!) { announceMeeting(input: $input) { meeting { id } } }',
        { input: { id } },
      ),
    )
    return [place, id as string] as const
  }
  return Object.fromEntries(await Promise.all(meetingPlaces.map(announce))) as Record<MeetingPlace, string>
}

/** What each branch has in the county's dues account; no two the same. */
export const fenOf = (place: Place) => `${70_000_000 + places[place].n}`

/** Whom each is going to pay; it stands in a request to spend and nowhere else. */
export const payeeOf = (place: Place) => `收款${place.toUpperCase()}方`

/** A dues account of the county's committee, and money in it of each organisation. @returns its id and the journals' by place */
async function seedBooks(county: County, org: Record<Place, string>) {
  const ask = county.world.ask.dues
  const opened = dataOf(
    await ask(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      { input: { organisationId: org.root, bank: 'ICBC', bankNumber: '6222021203001234' } },
    ),
  )
  const receive = async (place: Place) => {
    const input = {
      organisationId: org[place],
      reason: 'OPENING_BALANCE' as const,
      amountFen: fenOf(place),
      note: place,
    }
    const answer = await ask(
      county.admin,
      'mutation ($input: RecordDuesIncomeInput!) { recordDuesIncome(input: $input) { journal { id } } }',
      { input },
    )
    return [place, dataOf(answer).recordDuesIncome.journal?.id] as const
  }
  const journals = Object.fromEntries(await Promise.all(placeNames.map(receive))) as Record<Place, string>
  const request = async (place: Place) => {
    const input = {
      organisationId: org[place],
      use: 'FLAGS' as const,
      amountFen: '100',
      payee: payeeOf(place),
      purpose: '党旗',
    }
    const answer = await ask(
      county.admin,
      'mutation ($input: RequestSpendingInput!) { requestSpending(input: $input) { spending { id } } }',
      { input },
    )
    return [place, dataOf(answer).requestSpending.spending?.id] as const
  }
  const spendings = Object.fromEntries(await Promise.all(placeNames.map(request))) as Record<Place, string>
  // As if each had passed its opening balance up.
  for (const place of placeNames)
    await look(
      'dues',
      'insert into dues_passed_up (journal_id, county_id, org_id, year, amount_fen) values ($1, $2, $3, 2026, 1)',
      [uuidOf(journals[place]), county.id, uuidOf(org[place])],
      county.world.databaseSuffix,
    )
  /** A fund of each, and a limit on what it has besides. */
  const setUp = async (place: Place) => {
    const found = dataOf(
      await ask(
        county.admin,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount { id } } } }',
        { refs: [{ __typename: 'Organisation', id: org[place] }] },
      ),
    )._entities
    const accountId = found[0]?.duesAccount?.id as string
    dataOf(
      await ask(
        county.admin,
        'mutation ($input: SetDuesLimitInput!) { setDuesLimit(input: $input) { account { id } } }',
        { input: { accountId, period: 'YEAR', limitFen: fenOf(place), basis: '党委会决定' } },
      ),
    )
    const answer = await ask(
      county.admin,
      'mutation ($input: OpenDuesFundInput!) { openDuesFund(input: $input) { fund { id } } }',
      { input: { organisationId: org[place], name: place, purpose: 'HARDSHIP' } },
    )
    return { place, accountId, fundId: dataOf(answer).openDuesFund.fund?.id as string }
  }
  const beside = await Promise.all(placeNames.map(setUp))
  return {
    ...{ account: opened.openDuesAccount.account?.id as string, journals, spendings },
    accounts: Object.fromEntries(beside.map(({ place, accountId }) => [place, accountId])) as Record<Place, string>,
    funds: Object.fromEntries(beside.map(({ place, fundId }) => [place, fundId])) as Record<Place, string>,
  }
}

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
