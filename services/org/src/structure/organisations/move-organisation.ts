import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { holdKept, requireAbove, requireSuperior } from './hold-organisation.ts'
import { audited, publishChange, published } from './published-organisation.ts'
import { organisationStore } from './store.ts'

/**
 * Puts an organisation with all below it under another superior; who sees what follows everywhere from the event.
 * @throws DomainError NOT_FOUND, FORBIDDEN, SUPERIOR_IS_BRANCH, MOVE_MAKES_CYCLE
 */
export const moveOrganisation = useCase(
  'moveOrganisation',
  async (work, { id, superiorId }: { id: string; superiorId: string }) => {
    const { tx, actor } = work
    await organisationStore.lockMoves(tx, actor.countyId)
    const before = await holdKept(work, id)
    await requireAbove(work, before)
    await requireSuperior(work, superiorId)
    if (await organisationStore.isAtOrBelow(tx, superiorId, id)) fail('MOVE_MAKES_CYCLE', { id, superiorId })
    if (before.superiorId === superiorId) return id
    const after = await organisationStore.update(tx, actor.countyId, before, { ...before, superiorId })
    await publishChange(
      work,
      audited('organisation.moved', before, after),
      published('org.organisation.moved.v1', after),
    )
    return id
  },
)
