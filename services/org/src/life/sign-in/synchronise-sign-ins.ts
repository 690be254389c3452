import { signInRule } from '@linghang/rulebook'
import { useCase, type Work } from '../../work.ts'
import { contentOf, holdKept } from '../meetings/hold-meeting.ts'
import { inputOf, type Meeting, type MeetingContent } from '../meetings/meeting.ts'
import { writeMeeting } from '../meetings/write-meeting.ts'
import { fail } from './errors.ts'
import { judgeScans, type Scan, type SignIn, type SignInOutcome } from './sign-in.ts'
import { signInStore } from './store.ts'

export type SynchroniseSignIns = { meetingId: string; scans: readonly Scan[] }

/** Whose meeting it is and who may sign in to it. */
const peopleOf = ({ people }: MeetingContent): ReadonlySet<string> =>
  new Set(
    people
      .filter(({ exception }) => exception === null || exception.reason === 'RIGHTS_SUSPENDED')
      .map(({ memberId }) => memberId),
  )

/** @throws DomainError NOT_FOUND, FORBIDDEN, SIGN_IN_NOT_PLANNED */
async function holdForSignIn(work: Work, meetingId: string): Promise<Meeting & { startsAt: Date }> {
  const meeting = await holdKept(work, meetingId, null)
  const { startsAt } = meeting
  if (startsAt === null || meeting.state === 'PLANNED' || meeting.state === 'CANCELLED')
    return fail('SIGN_IN_NOT_PLANNED')
  return { ...meeting, startsAt }
}

/** In a draft whoever signed in came, as if the list said so; what the list says already stays. */
async function writeDown(work: Work, meeting: Meeting, content: MeetingContent, signedIn: readonly SignIn[]) {
  const accounted = new Set(
    content.people.flatMap(({ memberId, attendance }) => (attendance === null ? [] : [memberId])),
  )
  const came = signedIn.map(({ memberId }) => memberId).filter(memberId => !accounted.has(memberId))
  if (came.length === 0) return
  const input = inputOf(meeting.kind, content)
  const presentIds = [...input.presentIds, ...came]
  await writeMeeting(work, {
    meeting,
    input: { ...input, presentIds },
    before: content,
    action: 'signed-in',
    reason: null,
  })
}

/**
 * Takes over what the branch's phone has read, whenever it has a network again: as often and in whatever order. Whoever
 * showed a code that counts came, once; what does not count is said scan by scan and loses none of the others.
 * @returns an outcome for each scan, in their order
 * @throws DomainError NOT_FOUND, FORBIDDEN, SIGN_IN_NOT_PLANNED, BAD_INPUT for more than 500 scans
 */
export const synchroniseSignIns = useCase(
  'synchroniseSignIns',
  async (work, { meetingId, scans }: SynchroniseSignIns): Promise<SignInOutcome[]> => {
    const { tx, actor, now } = work
    if (scans.length > signInRule.entries)
      fail('BAD_INPUT', {
        ...{ field: 'scans', found: scans.length },
        ...{ wanted: `at most ${signInRule.entries}`, wantedZh: `最多 ${signInRule.entries} 条` },
      })
    const meeting = await holdForSignIn(work, meetingId)
    const { orgId, startsAt, state } = meeting
    const content = await contentOf(work, meeting)
    const people = peopleOf(content)
    const keys = Map.groupBy(await signInStore.keysOf(tx, actor.countyId, [...people]), ({ memberId }) => memberId)
    const { outcomes, signedIn } = judgeScans(
      {
        ...{ meetingId, startsAt, now, people, open: state !== 'CLOSED' },
        keys: new Map([...keys].map(([memberId, held]) => [memberId, held.map(({ publicKey }) => publicKey)])),
        before: await signInStore.ofMeeting(tx, meetingId),
      },
      scans,
    )
    await signInStore.add(tx, { meetingId, countyId: actor.countyId, orgId }, signedIn)
    if (state === 'DRAFT') await writeDown(work, meeting, content, signedIn)
    return outcomes
  },
  // Keys are their owners' alone: that the branch keeps the meeting has been asked before they are read.
  { rights: 'COUNTY', timeoutMs: 20_000 },
)
