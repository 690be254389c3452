import { requireKept } from '../../structure/organisations/administration.ts'
import type { Work } from '../../work.ts'
import { contentOf } from '../meetings/hold-meeting.ts'
import { meetingStore } from '../meetings/store.ts'
import type { SignInKey } from './models.ts'
import { signInStore } from './store.ts'

/** Who has signed in to a meeting by a code. */
export const signedInTo = async ({ tx }: Pick<Work, 'tx'>, meetingId: string): Promise<string[]> =>
  (await signInStore.ofMeeting(tx, meetingId)).map(({ memberId }) => memberId)

/**
 * The keys of those whose meeting it is, so that the branch's phone knows their codes without a network.
 * @throws DomainError NOT_FOUND, FORBIDDEN for whoever does not keep the meeting
 */
export async function readSignInKeys(work: Work, meetingId: string): Promise<SignInKey[]> {
  const { tx, actor } = work
  const [meeting] = await meetingStore.byIds(tx, actor.countyId, [meetingId])
  if (!meeting) return []
  await requireKept(work, meeting.orgId, `Meeting:${meetingId}`)
  const { people } = await contentOf(work, meeting)
  return signInStore.keysOf(
    tx,
    actor.countyId,
    people.map(({ memberId }) => memberId),
  )
}
