import { useCase } from '../../work.ts'
import { requireBranch, requireKept, save } from './write-member.ts'

/** Moves a person between branches of which the actor keeps both. @throws DomainError NOT_FOUND, NOT_A_BRANCH, ALREADY_LEFT */
export const transferMember = useCase(
  'transferMember',
  async (work, { id, orgId }: { id: string; orgId: string }): Promise<string> => {
    const held = await requireKept(work, id)
    await requireBranch(work, orgId)
    if (held.member.orgId !== orgId) await save(work, held, { ...held.member, orgId }, 'members.member.transferred.v1')
    return id
  },
)
