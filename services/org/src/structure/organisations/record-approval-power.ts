import { recordHash } from '@linghang/access'
import { canDecide, powerCitation } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { holdKept, requireAbove } from './hold-organisation.ts'
import type { ApprovalPower } from './organisation.ts'
import { powerStore } from './power-store.ts'
import { audited, publishChange, published } from './published-organisation.ts'

const basisAtMost = 200

const hashOfPower = (power: ApprovalPower | null): Buffer | null => power && recordHash([power.approves, power.basis])

/**
 * Records whether a committee may approve admissions, and on what that rests; null: by the rule again. It is for whoever
 * keeps its superior: nobody gives the power to themselves.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, POWER_NOT_FOR_KIND
 */
export const recordApprovalPower = useCase(
  'recordApprovalPower',
  async (work, { id, power: given }: { id: string; power: ApprovalPower | null }) => {
    const before = await holdKept(work, id)
    await requireAbove(work, before)
    const power = given && { ...given, basis: requireReason(given.basis, 'basis', basisAtMost) }
    const { approves } = power ?? { approves: false }
    const { article, source } = powerCitation
    if (approves && !canDecide({ kind: before.kind, approves, superiorKind: null, superiorUnitKind: null }))
      fail('POWER_NOT_FOR_KIND', { found: before.kind, article, source })
    const after = await powerStore.record(work.tx, work.actor.countyId, before, power)
    const hashes = { beforeHash: hashOfPower(before.approvalPower), afterHash: hashOfPower(power) }
    await publishChange(
      work,
      { ...audited('organisation.approval-power', before, after), ...hashes },
      published('org.organisation.changed.v1', after),
    )
    return id
  },
)
