import { shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import type { Facts, Look } from './facts.ts'
import { below, type MeetingPlace, meetingPlaces, type Place } from './places.ts'

const committees = ['a', 'b'] as const
type Committee = (typeof committees)[number]
const committeeOf = (place: MeetingPlace): Committee => (place === 'b1' ? 'b' : 'a')

/** What stands in one of these and nowhere else. */
const basisOf = (committee: Committee) => `抽查依据${committee.toUpperCase()}号`
const remarkOf = (place: Place) => `评语${place.toUpperCase()}条`
const reasonOf = (place: Place) => `列入缘由${place.toUpperCase()}项`

const today = () => shanghaiDay(new Date())
/** The first day of a quarter, so many before the present one. */
const quarterOf = (back: number): string =>
  addMonths(monthOf(today()), -((Number(today().slice(5, 7)) - 1) % 3) - 3 * back)

/** What is judged where no county has decided. */
const usualItems = ['HELD_AS_RECORDED', 'TOPIC_TO_THE_POINT', 'DISCUSSED', 'CARRIED_OUT']

/** How far the review of each branch is in the draws of these quarters. */
const stands = { JUDGED: 2, LOCKED: 3, PUBLISHED: 4 } as const
type Stand = keyof typeof stands

/** Of each committee a draw that is open, three that were held, and its branches on the black list. @returns their ids */
export async function seedDraws(county: County, org: Record<Place, string>) {
  const done = async (field: string, input: object, fields: string) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    const document = `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${fields} } }`
    return dataOf(await county.world.askUntyped.assessment(county.admin, document, { input })).done
  }
  const opened = async (committee: Committee, back: number): Promise<string> => {
    const of = { organisationId: org[committee], quarter: quarterOf(back), share: 1, basis: basisOf(committee) }
    const input = { ...of, reviewsDueOn: addDays(today(), 20) }
    return (await done('openLedgerDraw', input, 'draw { id }')).draw.id
  }
  /** Judged as if by two accounts that the county has not. */
  const held = async (committee: Committee, stand: Stand) => {
    const id = await opened(committee, stands[stand])
    await done('drawLedgers', { id }, '__typename')
    const found = await look(
      'assessment',
      `update ledger_review set state = $2, scores = '[]', remark = case branch_id when $3 then $4 when $5 then $6 else $7 end,
         judged_by = uuidv7(), judged_at = now(),
         read_by = case when $2 = 'JUDGED' then null else uuidv7() end, read_at = case when $2 = 'JUDGED' then null else now() end,
         published_by = case when $2 = 'PUBLISHED' then uuidv7() end, published_at = case when $2 = 'PUBLISHED' then now() end
       where draw_id = $1 returning id, branch_id as branch`,
      [...[uuidOf(id), stand, uuidOf(org.a1), remarkOf('a1'), uuidOf(org.a2), remarkOf('a2'), remarkOf('b1')]],
      county.world.databaseSuffix,
    )
    return [stand, new Map(found.map(row => [row.branch as string, `LedgerReview:${row.id}`]))] as const
  }
  const ofCommittee = async (committee: Committee) => {
    const open = await opened(committee, 1)
    const reviews = Object.fromEntries(
      await Promise.all((Object.keys(stands) as Stand[]).map(stand => held(committee, stand))),
    ) as Record<Stand, Map<string, string>>
    return [committee, { open, reviews }] as const
  }
  const draws = Object.fromEntries(await Promise.all(committees.map(ofCommittee))) as Record<
    Committee,
    { open: string; reviews: Record<Stand, Map<string, string>> }
  >
  const ofBranch = async (place: MeetingPlace) => {
    const own = { organisationId: org[committeeOf(place)], branchId: org[place] }
    const reason = { cause: 'LEDGER_UNTRUE', reason: reasonOf(place) }
    const { listing } = await done('blackListBranch', { ...own, ...reason }, 'listing { id }')
    const { open, reviews } = draws[committeeOf(place)]
    const reviewOf = (stand: Stand) => reviews[stand].get(uuidOf(org[place])) as string
    const { JUDGED, LOCKED, PUBLISHED } = {
      JUDGED: reviewOf('JUDGED'),
      LOCKED: reviewOf('LOCKED'),
      PUBLISHED: reviewOf('PUBLISHED'),
    }
    return [place, { draw: open, listing: listing.id as string, JUDGED, LOCKED, PUBLISHED }] as const
  }
  return Object.fromEntries(await Promise.all(meetingPlaces.map(ofBranch))) as Record<
    MeetingPlace,
    Record<'draw' | 'listing' | Stand, string>
  >
}

/** Every entry to a draw, to what is judged in it and to the black list, by their ids. */
export function drawEntrancesOf({ draws }: District): Record<string, Look> {
  const entities =
    (type: string, field: string, ids: readonly string[], tell: (text: string) => Facts): Look =>
    async (ask, actor) => {
      const { data } = await ask.assessment(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type} { ${field} } } }`,
        { refs: ids.map(id => ({ __typename: type, id })) },
      )
      return tell(JSON.stringify(data ?? null))
    }
  const all = Object.values(draws)
  return {
    'ledger draws by id': entities(
      'LedgerDraw',
      'basis',
      all.map(({ draw }) => draw),
      text => committees.flatMap(name => (text.includes(basisOf(name)) ? [`draw ${name}`] : [])),
    ),
    'ledger reviews by id': entities(
      'LedgerReview',
      'work { remark }',
      all.flatMap(({ JUDGED, LOCKED, PUBLISHED }) => [JUDGED, LOCKED, PUBLISHED]),
      text => meetingPlaces.flatMap(name => (text.includes(remarkOf(name)) ? [`remark ${name}`] : [])),
    ),
    'black listings by id': entities(
      'BlackListing',
      'reason',
      all.map(({ listing }) => listing),
      text => meetingPlaces.flatMap(name => (text.includes(reasonOf(name)) ? [`listed ${name}`] : [])),
    ),
  }
}

/** @param supervised what somebody's offices reach @param own the branch to which they belong and hold no office at */
export const drawFactsOf = (supervised: readonly Place[], own: Place | null): Record<string, Facts> => ({
  // Whoever stands in a draw holds it against what was published.
  'ledger draws by id': committees.flatMap(name =>
    below(name).some(place => supervised.includes(place) || place === own) ? [`draw ${name}`] : [],
  ),
  'ledger reviews by id': meetingPlaces.flatMap(name =>
    supervised.includes(committeeOf(name)) ? [`remark ${name}`] : [],
  ),
  'black listings by id': meetingPlaces.flatMap(name => (supervised.includes(name) ? [`listed ${name}`] : [])),
})

/**
 * Every mutation of draws at a committee that is not the actor's to keep, and of the branch's own answer.
 * @param kept whose register the actor keeps @param byUseCase whether the use case is asked, or row-level security alone
 */
export function drawAttempts(
  place: MeetingPlace,
  { draws, org }: Pick<District, 'draws' | 'org'>,
  kept: readonly Place[],
  byUseCase: boolean,
): Attempt[] {
  const { draw, listing, JUDGED, LOCKED, PUBLISHED } = draws[place]
  const ofCommittee = {
    blackListBranch: { organisationId: org.root, branchId: org[place], cause: 'LEDGER_UNTRUE', reason: '私列' },
    liftBlackListing: { id: listing, reason: '私移' },
    openLedgerDraw: {
      ...{ organisationId: org[committeeOf(place)], quarter: quarterOf(0), share: 1, basis: '私抽' },
      reviewsDueOn: addDays(today(), 20),
    },
    drawLedgers: { id: draw },
    judgeLedgerReview: { id: JUDGED, scores: usualItems.map(key => ({ key, points: 1 })) },
    readLedgerReview: { id: JUDGED, agrees: true },
    // What is published is a fact, which the county's rights write once the use case has asked: it alone is tried.
    ...(byUseCase ? { publishLedgerReview: { id: LOCKED } } : {}),
    correctLedgerReview: { id: PUBLISHED, reason: '私改' },
  }
  const inputs = {
    ...(kept.includes(committeeOf(place)) ? {} : ofCommittee),
    ...(kept.includes(place) ? {} : { answerBlackListing: { id: listing, text: '私答' } }),
  }
  return attemptsBy(inputs)
}
