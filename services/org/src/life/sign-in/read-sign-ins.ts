import type { Work } from '../../work.ts'
import { contentOf, holdKept } from '../meetings/hold-meeting.ts'
import type { SignInKey } from './models.ts'
import { signInStore } from './store.ts'

/** Who has signed in to a meeting by a code. */
export const signedInTo = async ({ tx }: Pick<Work, 'tx'>, meetingId: string): Promise<string[]> =>
  (await signInStore.ofMeeting(tx, meetingId)).map(({ memberId }) => memberId)

/**
 * Those whose meeting it is, by the rights of whoever asks: they keep it, or are told nothing.
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export async function readExpected(work: Work, meetingId: string): Promise<string[]> {
  const { people } = await contentOf(work, await holdKept(work, meetingId, null))
  return people.map(({ memberId }) => memberId)
}

/** The keys of these people's phones, so that the branch's phone knows their codes without a network. */
export const readSignInKeys = ({ tx, actor }: Work, memberIds: readonly string[]): Promise<SignInKey[]> =>
  signInStore.keysOf(tx, actor.countyId, memberIds)
