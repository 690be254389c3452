import { undoable } from '@linghang/access'
import { DomainError } from '@linghang/subgraph/errors'
import { useCase } from '../../work.ts'
import { pastTheirDay } from '../organisations/write-end.ts'
import { endOrganisation } from './end-organisation.ts'

const branchesAtOnce = 50

/**
 * Ends the temporary branches of a county whose last day is past (支部工作条例, art. 8); again it changes nothing. One at which
 * something is open that could lose a deadline goes on until that is done, and is looked at again.
 * @returns how many have ended
 */
export const endTemporaryBranches = useCase(
  'endTemporaryBranches',
  async (work, _: Record<string, never>): Promise<number> => {
    let ended = 0
    for (const id of await pastTheirDay(work, branchesAtOnce))
      try {
        const end = { id, intoOrgId: null, reason: '临时党支部到期', approvalId: null }
        await undoable(work, () => endOrganisation(work, end))
        ended++
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
      }
    return ended
  },
  { timeoutMs: 30_000 },
)
