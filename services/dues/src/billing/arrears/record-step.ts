import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { type Arrears, isMatter, type Outcome } from './arrears.ts'
import { fail } from './errors.ts'
import { arrearsStore } from './store.ts'

const mostSteps = 50

/** @throws DomainError NOT_FOUND for whoever does not keep the branch; ARREARS_ENDED, BAD_INPUT */
async function requireOpen(work: Work, id: string, heldOn: string): Promise<Arrears> {
  const held = await arrearsStore.hold(work.tx, work.actor.countyId, id)
  if (!held || !(await work.supervision.kept([held.orgId])).has(held.orgId))
    return fail('NOT_FOUND', { what: `DuesArrears:${id}` })
  if (held.closedOn !== null) fail('ARREARS_ENDED', { found: held.closedOn })
  if (heldOn < held.sinceMonth || heldOn > work.today)
    fail('BAD_INPUT', {
      ...{ field: 'heldOn', found: heldOn },
      ...{ wanted: `${held.sinceMonth} to ${work.today}`, wantedZh: `${held.sinceMonth} 至 ${work.today}` },
    })
  if ((await arrearsStore.stepsOf(work.tx, [id])).length >= mostSteps) fail('ARREARS_STEPS_FULL', { limit: mostSteps })
  return held
}
const sealed = (work: Work, reason: string) =>
  new Uint8Array(work.seal().seal(requireReason(reason, 'reason', 500), 'dues-arrears'))
const audit = (work: Work, { id, orgId }: Arrears, action: string) =>
  recordAudit(work, [{ orgId, action, subjectType: 'DuesArrears', subjectId: id }])

/**
 * Records that the branch has asked the member why they do not pay, and what it heard (党费规定 2008, art. 13).
 * @returns the id of the arrears
 */
export const recordTalk = useCase(
  'recordDuesTalk',
  async (
    work,
    { id, heldOn, goodReason, reason }: { id: string; heldOn: string; goodReason: boolean; reason: string },
  ): Promise<string> => {
    const arrears = await requireOpen(work, id, heldOn)
    const step = { kind: 'TALK' as const, heldOn, goodReason, outcome: null, recordNumber: null }
    await arrearsStore.insertStep(work, arrears, { ...step, reasonSealed: sealed(work, reason) })
    await audit(work, arrears, 'dues-arrears.talked')
    return id
  },
  { rights: 'COUNTY' },
)

/**
 * Records what a meeting of the branch decided of six months without dues. It removes nobody: that takes the assembly and
 * the committee above, in a procedure of its own.
 * @returns the id of the arrears
 * @throws DomainError ARREARS_NO_MATTER before six months; ARREARS_NOT_HEARD before the member was asked
 */
export const decideMatter = useCase(
  'decideDuesMatter',
  async (
    work,
    input: { id: string; heldOn: string; outcome: Outcome; recordNumber: string; reason: string },
  ): Promise<string> => {
    const { id, heldOn, outcome } = input
    const arrears = await requireOpen(work, id, heldOn)
    if (!isMatter(arrears.months)) fail('ARREARS_NO_MATTER', { found: arrears.months })
    const steps = await arrearsStore.stepsOf(work.tx, [id])
    if (!steps.some(({ kind, heldOn: talkedOn }) => kind === 'TALK' && talkedOn <= heldOn)) fail('ARREARS_NOT_HEARD')
    const recordNumber = requireReason(input.recordNumber, 'recordNumber', 50)
    const step = { kind: 'DECISION' as const, heldOn, goodReason: null, outcome, recordNumber }
    await arrearsStore.insertStep(work, arrears, { ...step, reasonSealed: sealed(work, input.reason) })
    await audit(work, arrears, `dues-arrears.decided: ${outcome}`)
    return id
  },
  { rights: 'COUNTY' },
)
