import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { requireKept } from '../../structure/organisations/administration.ts'
import { useCase, type Work } from '../../work.ts'
import { closeMeeting } from '../meetings/close-meeting.ts'
import { contentOf } from '../meetings/hold-meeting.ts'
import type { MeetingInput } from '../meetings/meeting.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import { recordMeeting } from '../meetings/record-meeting.ts'
import { fail } from './errors.ts'
import {
  type JointActivity,
  type JointParty,
  jointLimits,
  requireOpen,
  requireTakesPart,
  requireUnanswered,
} from './joint.ts'
import { jointStore } from './store.ts'

/** An organisation's part in an activity that is open, held. @throws DomainError NOT_FOUND, FORBIDDEN, JOINT_ACTIVITY_CLOSED */
async function holdPart(
  work: Work,
  id: string,
  orgId: string,
): Promise<{ activity: JointActivity; party: JointParty }> {
  const { tx, actor } = work
  const what = toId('JointActivity', id)
  await requireKept(work, orgId, what)
  const party = (await jointStore.lockParty(tx, id, orgId)) ?? fail('NOT_FOUND', { what })
  // Read behind the lock of the part: whoever closes holds all parts before it does.
  const activity = (await jointStore.activity(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what })
  requireOpen(activity)
  return { activity, party }
}

export type AnswerJoint = { id: string; orgId: string; accepts: boolean; reason: string | null }

/** Takes an invitation or declines it, with the reason. @throws DomainError as `holdPart`, JOINT_ANSWER_GIVEN, BAD_INPUT */
export const answerJointInvitation = useCase(
  'answerJointInvitation',
  async (work, { id, orgId, accepts, reason }: AnswerJoint): Promise<string> => {
    const { party } = await holdPart(work, id, orgId)
    requireUnanswered(party)
    const answer = accepts ? 'ACCEPTED' : 'DECLINED'
    const declineReason = accepts ? null : requireReason(reason ?? '', 'reason', jointLimits.reason)
    await jointStore.updateParty(work.tx, party, { answer, declineReason })
    const action = `joint-activity.${accepts ? 'accepted' : 'declined'}`
    await recordAudit(work, [{ orgId, action, subjectType: 'JointActivity', subjectId: id }])
    return id
  },
)

type OwnPeople = Pick<
  MeetingInput,
  'participantIds' | 'exceptions' | 'presentIds' | 'leaves' | 'absentIds' | 'lateIds' | 'leftEarlyIds'
>
export type GiveList = { id: string; orgId: string; people: OwnPeople }

/**
 * Each records its own people in a record of its own, with the agenda of all: evidence, ledger and theme day are then its own,
 * and the others learn how many they were.
 * @throws DomainError as `holdPart`, JOINT_NOT_ACCEPTED, JOINT_LIST_GIVEN and what recording and closing a meeting refuse
 */
export const giveJointList = useCase(
  'giveJointList',
  async (work, { id, orgId, people }: GiveList): Promise<string> => {
    const { activity, party } = await holdPart(work, id, orgId)
    requireTakesPart(party)
    const { kind, heldOn, place, title, items, hostName } = activity
    const input: MeetingInput = {
      ...{ heldOn, place, agenda: `${title}（主办：${hostName}）`, minutes: null },
      items: items.map(item => ({ title: item, discussion: null, outcome: null })),
      ...{ ...people, resolutions: [] },
    }
    const meetingId = await recordMeeting.run(work, { orgId, kind, input })
    await closeMeeting.run(work, { id: meetingId, revision: null })
    const [meeting] = await seenMeetings(work, [meetingId])
    const { due, present } = await contentOf(work, meeting ?? fail('NOT_FOUND', { what: toId('Meeting', meetingId) }))
    await jointStore.updateParty(work.tx, party, { meetingId, due, present })
    await recordAudit(work, [{ orgId, action: 'joint-activity.listed', subjectType: 'JointActivity', subjectId: id }])
    return id
  },
)
