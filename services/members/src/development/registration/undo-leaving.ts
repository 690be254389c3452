import { requireReason } from '@linghang/subgraph'
import { putBack } from '../../register/people/leave-register.ts'
import { requireHeld } from '../../register/people/write-member.ts'
import { useCase } from '../../work.ts'
import { resumeCase } from '../cases/end-case.ts'
import { fail } from './errors.ts'

/**
 * Puts a person back whose leaving was recorded by mistake: the file, and the case that it ended, stand as before.
 * @throws DomainError NOT_FOUND, NOT_LEFT, LEAVING_WAS_DECIDED, BAD_INPUT without a reason
 */
export const undoLeaving = useCase(
  'undoLeaving',
  async (work, input: { memberId: string; reason: string }): Promise<string> => {
    const { memberId } = input
    const held = await requireHeld(work, memberId)
    const reason = requireReason(input.reason)
    const { leftOn } = held.member
    if (leftOn === null) return fail('NOT_LEFT')
    await putBack(work, held, reason)
    await resumeCase(work, { memberId, leftOn, reason })
    return memberId
  },
)
