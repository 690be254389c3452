import { recordAudit } from '@linghang/access'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { whyOf } from './fixing-line.ts'
import { baseSaid, holdLines, type NamedLine } from './hold-lines.ts'
import { lineAfter } from './line-steps.ts'
import { lineStore } from './line-store.ts'
import type { SaidBase } from './said-base.ts'

/**
 * Corrects what somebody's dues are worked out from, by a pay slip or as one sum: the branch, whoever keeps it, or the
 * member for themselves, to which the branch then agrees. What was confirmed is to be confirmed anew.
 * @returns the line's id
 * @throws DomainError NOT_FOUND, CONFLICT, BAD_INPUT, DUES_BASE_CHECKED
 */
export const correctDuesBase = useCase(
  'correctDuesBase',
  async (work, { lineId, version, ...said }: NamedLine & SaidBase): Promise<string> => {
    const [held] = await holdLines(work, [{ lineId, version }])
    if (!held) return fail('NOT_FOUND', { what: `DuesFixingLine:${lineId}` })
    const { line, by } = held
    const after = lineAfter(line, 'CORRECT', by)
    if ('refused' in after) return fail(after.refused, { found: `${line.year}` })
    const base = await baseSaid(work, said, line.fromMonth)
    const { lastCategory, lastBaseFen, lastDueFen } = line
    const last = lastCategory && { category: lastCategory, baseFen: lastBaseFen, dueFen: lastDueFen ?? 0n }
    await lineStore.write(work.tx, [
      {
        ...{ ...line, ...base, ...after, why: whyOf(base, last), version: version + 1 },
        ...{ confirmedOn: null, confirmedBy: null },
      },
    ])
    await recordAudit(work, [
      {
        ...{ orgId: line.orgId, action: by === 'MEMBER' ? 'dues-base.claimed' : 'dues-base.corrected' },
        ...{ subjectType: 'DuesFixingLine', subjectId: lineId },
      },
    ])
    return lineId
  },
  { rights: 'COUNTY' },
)
