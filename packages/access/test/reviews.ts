import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import { aliases, type Facts, type Look } from './facts.ts'
import { type MeetingPlace, meetingPeople, meetingPlaces, type Person, type Place } from './places.ts'

/** What stands in one of these and nowhere else. */
const marks = {
  stream: (place: MeetingPlace) => `https://live.example.cn/stream-${place}.m3u8`,
  said: (place: MeetingPlace) => `留言${place.toUpperCase()}句`,
  opinion: (place: MeetingPlace) => `意见${place.toUpperCase()}句`,
  measure: (place: MeetingPlace) => `整改${place.toUpperCase()}项`,
  remark: (place: MeetingPlace) => `上级${place.toUpperCase()}言`,
  appraisal: (place: MeetingPlace) => `自评${place.toUpperCase()}文`,
} as const
type Mark = keyof typeof marks

/**
 * Of each branch: a stream and a question under its meeting, a closed criticism meeting with an opinion, a measure and a
 * superior's remark, an appraisal, and the key of somebody's phone. @returns ids by place
 */
export async function seedReviews(
  county: County,
  org: Record<Place, string>,
  person: Record<Person, string>,
  announced: Record<MeetingPlace, string>,
) {
  const today = shanghaiDay(new Date())
  const done = async (by: Actor, field: string, input: object, fields: string) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    const document = `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${fields} } }`
    return dataOf(await county.world.askUntyped.org(by, document, { input })).done
  }
  const review = async (place: MeetingPlace) => {
    const { admin } = county
    const memberId = person[meetingPeople[place]]
    const own: Actor = {
      ...{ kind: 'PERSON', accountId: randomUUID(), countyId: county.id, grants: [], scopes: [] },
      ...{ memberId: uuidOf(memberId), memberOrgId: uuidOf(org[place]) },
    }
    const held = async (kind: string, before: (meetingId: string) => Promise<unknown>): Promise<string> => {
      const plan = { startsAt: new Date(Date.now() + 3_600_000).toISOString() }
      const planned = await done(admin, 'planMeeting', { organisationId: org[place], kind, plan }, 'meeting { id }')
      const { id } = planned.meeting
      await done(admin, 'announceMeeting', { id }, 'meeting { id }')
      await before(id)
      const presentIds = place === 'a1' ? [person.kai, person.lan] : [memberId]
      await done(admin, 'recordHeldMeeting', { id, content: { heldOn: today, presentIds } }, 'meeting { id }')
      return id
    }
    const at = announced[place]
    await done(admin, 'setMeetingStream', { meetingId: at, liveUrl: marks.stream(place) }, 'meeting { id }')
    const question = { meetingId: at, kind: 'QUESTION', text: marks.said(place) }
    const said = await done(own, 'sayUnderMeeting', question, 'notice { remarks { nodes { id } } }')
    const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x
    await done(own, 'registerSignInKey', { publicKey }, 'memberId')

    const criticism = await held('CRITICISM_MEETING', meetingId =>
      done(
        own,
        'writeCriticismOpinion',
        { meetingId, aboutMemberId: memberId, text: marks.opinion(place) },
        'notice { meetingId }',
      ),
    )
    const mended = { problem: marks.measure(place), measure: '逐项整改', dueOn: today }
    const found = await done(
      admin,
      'addCriticismMeasure',
      { meetingId: criticism, memberId, ...mended },
      'meeting { measures { id } }',
    )
    await done(admin, 'closeMeeting', { id: criticism }, 'meeting { id }')
    const left = { meetingId: criticism, text: marks.remark(place) }
    const remarked = await done(admin, 'leaveRecordRemark', left, 'meeting { recordRemarks { id } }')

    const appraisal = await held('APPRAISAL_MEETING', meetingId =>
      done(own, 'writeSelfReview', { meetingId, text: marks.appraisal(place) }, 'notice { meetingId }'),
    )
    const ids = {
      ...{ criticism, appraisal, said: said.notice.remarks.nodes[0].id as string },
      ...{ measure: found.meeting.measures[0].id as string, remark: remarked.meeting.recordRemarks[0].id as string },
    }
    return [place, ids] as const
  }
  type Ids = Record<'criticism' | 'appraisal' | 'said' | 'measure' | 'remark', string>
  return Object.fromEntries(await Promise.all(meetingPlaces.map(review))) as Record<MeetingPlace, Ids>
}

const told = (found: unknown): Facts => {
  const text = JSON.stringify(found ?? null)
  return meetingPlaces.flatMap(place =>
    (Object.keys(marks) as Mark[]).flatMap(mark => (text.includes(marks[mark](place)) ? [`${mark} ${place}`] : [])),
  )
}

/** Every entry to what is said around meetings: streams, questions, opinions, measures, remarks, appraisals, keys. */
export function reviewEntrancesOf({ announced, reviews, person }: District): Record<string, Look> {
  const atMeetings =
    (idOf: (place: MeetingPlace) => string, fields: string): Look =>
    async (ask, actor) =>
      told(
        (
          await ask.org(
            actor,
            `{ ${aliases(meetingPlaces, name => `meeting(id: "${idOf(name as MeetingPlace)}") { ${fields} }`)} }`,
          )
        ).data,
      )
  return {
    'meeting streams and questions': atMeetings(
      place => announced[place],
      'stream { liveUrl } remarks(first: 50) { totalCount nodes { text } }',
    ),
    'criticism meetings': atMeetings(
      place => reviews[place].criticism,
      'opinions(first: 50) { totalCount nodes { text } } measures { problem } recordRemarks { text }',
    ),
    appraisals: atMeetings(place => reviews[place].appraisal, 'appraisals(first: 50) { nodes { selfReview } }'),
    'own reviews': async (ask, actor) =>
      told(
        (
          await ask.org(
            actor,
            `{ myMeetings(first: 50) { nodes { stream { liveUrl } remarks(first: 50) { nodes { text } }
              opinions { text } measures { problem } appraisal { selfReview } } } }`,
          )
        ).data,
      ),
    'sign-in keys': async (ask, actor) => {
      const keysAt = async (place: MeetingPlace) => {
        const { data } = await ask.org(actor, `{ signInKeys(meetingId: "${announced[place]}") { memberId } }`)
        return JSON.stringify(data ?? null).includes(person[meetingPeople[place]]) ? [`key ${place}`] : []
      }
      return (await Promise.all(meetingPlaces.map(keysAt))).flat()
    },
  }
}

/**
 * What there is to be learnt of it.
 * @param branches whose offices somebody holds, there or above
 * @param asSecretary the branch whose secretary it is, who alone reads opinions; null for anybody else
 * @param kept whose register somebody keeps
 * @param own where somebody belongs who is told of its meetings
 */
export const reviewFactsOf = (
  branches: readonly Place[],
  asSecretary: Place | null,
  kept: readonly Place[],
  own: Place | null,
): Record<string, Facts> => ({
  'meeting streams and questions': branches.flatMap(name => [`stream ${name}`, `said ${name}`]),
  'criticism meetings': branches.flatMap(name => [
    ...(name === asSecretary ? [`opinion ${name}`] : []),
    ...[`measure ${name}`, `remark ${name}`],
  ]),
  appraisals: branches.map(name => `appraisal ${name}`),
  'own reviews': own ? ['stream', 'said', 'opinion', 'measure', 'appraisal'].map(what => `${what} ${own}`) : [],
  'sign-in keys': branches.filter(name => kept.includes(name)).map(name => `key ${name}`),
})

/** Every mutation on what is said around the meetings of a branch, that is not the actor's to make. */
export function reviewAttempts(place: MeetingPlace, { reviews }: Pick<District, 'reviews'>): Attempt[] {
  const { criticism, said, measure, remark } = reviews[place]
  const inputs = {
    answerMeetingRemark: { remarkId: said, answer: '代答' },
    finishCriticismMeasure: { measureId: measure, outcome: '代办' },
    leaveRecordRemark: { meetingId: criticism, text: '私评' },
    answerRecordRemark: { remarkId: remark, text: '代答' },
    settleRecordRemark: { remarkId: remark },
  }
  return attemptsBy(inputs)
}
