import { dataOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import { type MeetingPlace, meetingPeople, meetingPlaces, type Place } from './places.ts'

/** What only a meeting's minutes say. */
export const minutesOf = (place: Place) => `记录${place.toUpperCase()}会`

/** A draft at each branch. @returns ids by place */
export async function seedMeetings(county: County, org: Record<Place, string>) {
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

/** What only a branch's notice of a meeting says. */
export const noticeOf = (place: MeetingPlace) => `会场${place.toUpperCase()}厅`

/** A meeting to come of each branch, of which its people have been told. @returns ids by place */
export async function seedAnnounced(county: County, org: Record<Place, string>) {
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

/**
 * Every change of the meetings of a branch that is not the actor's to keep.
 * @param belongs whether the actor is a member there: they answer for themselves, and say what they have to say
 */
export function meetingAttempts(
  place: MeetingPlace,
  { org, person, meetings, announced }: District,
  belongs: boolean,
): Attempt[] {
  const organisationId = org[place]
  const id = meetings[place]
  const meetingId = announced[place]
  const memberId = person[meetingPeople[place]]
  const content = { heldOn: '2026-01-06', minutes: '改写' }
  const plan = { startsAt: '2999-01-01T01:00:00Z', place: '改写' }
  return attemptsBy({
    recordMeeting: { organisationId, kind: 'BRANCH_ASSEMBLY', content },
    changeMeeting: { id, content },
    closeMeeting: { id },
    correctMeeting: { id, content, reason: '改写' },
    deleteMeeting: { id, reason: '改写' },
    planMeeting: { organisationId, kind: 'BRANCH_ASSEMBLY', plan },
    changePlannedMeeting: { id: meetingId, plan },
    announceMeeting: { id: meetingId },
    cancelMeeting: { id: meetingId, reason: '不开了' },
    recordHeldMeeting: { id: meetingId, content },
    decideLeave: { meetingId, memberId, granted: true, reason: '代填' },
    setMeetingStream: { meetingId, liveUrl: 'https://live.example.cn/a.m3u8' },
    decideMakeUp: { meetingId, memberId, confirmed: true },
    sayMeetingMadeUp: { meetingId, reason: 'WORK', note: '补课' },
    addCriticismMeasure: { meetingId, problem: '问题', measure: '措施', dueOn: '2999-01-01' },
    recordAppraisal: { meetingId, memberId, leftOutReason: '患病' },
    writeSelfReview: { meetingId, text: '自评' },
    writeCriticismOpinion: { meetingId, aboutMemberId: memberId, text: '意见' },
    giveThemeDayReason: { organisationId, month: '2026-01-01', reason: '代填' },
    synchroniseSignIns: { meetingId, scans: [] },
    ...(belongs
      ? {}
      : {
          sayUnderMeeting: { meetingId, kind: 'REMARK', text: '插话' },
          answerMeetingNotice: { meetingId, answer: 'COMES' },
        }),
  })
}
