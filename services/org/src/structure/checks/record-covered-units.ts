import { recordAudit } from '@linghang/access'
import { jointBranchUnits } from '@linghang/rulebook'
import { useCase } from '../../work.ts'
import { holdKept } from '../organisations/hold-organisation.ts'
import { fail } from './errors.ts'
import { checkStore } from './store.ts'

const { article, source } = jointBranchUnits.citation
const unitsAtMost = 200

/**
 * Records how many units a joint branch covers; null: not known. Nothing else tells it.
 * @throws DomainError NOT_FOUND, BAD_INPUT, COVERS_NO_UNITS
 */
export const recordCoveredUnits = useCase(
  'recordCoveredUnits',
  async (work, { orgId, units }: { orgId: string; units: number | null }) => {
    const { kind } = await holdKept(work, orgId)
    if (kind !== 'JOINT_BRANCH') fail('COVERS_NO_UNITS', { found: kind, article, source })
    if (units !== null && (units < 1 || units > unitsAtMost))
      fail('BAD_INPUT', {
        ...{ field: 'units', found: units, wanted: `1 to ${unitsAtMost}`, wantedZh: `1 至 ${unitsAtMost} 个` },
      })
    await checkStore.cover(work.tx, orgId, units)
    await recordAudit(work, [
      { orgId, action: 'organisation.covered-units', subjectType: 'Organisation', subjectId: orgId },
    ])
    return orgId
  },
)
