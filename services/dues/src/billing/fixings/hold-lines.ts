import type { PaySlip } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import { fail } from './errors.ts'
import { type Base, baseFrom, type FixingLine } from './fixing-line.ts'
import type { LineHand } from './line-steps.ts'
import { lineStore, type WrittenLine } from './line-store.ts'
import { incomeSaid, type SaidBase } from './said-base.ts'

export type NamedLine = { lineId: string; version: number }
export type HeldLine = { line: WrittenLine; by: LineHand; keeps: boolean }

const nameOf = (lineId: string): string => `DuesFixingLine:${lineId}`

/**
 * Lines that are held until the transaction ends, as they were read: of people whose branch the actor keeps, and the
 * actor's own.
 * @throws DomainError NOT_FOUND; CONFLICT for one that was written since it was read
 */
export async function holdLines(work: Work, named: readonly NamedLine[]): Promise<HeldLine[]> {
  const { tx, actor, supervision } = work
  const found = await lineStore.hold(
    tx,
    actor.countyId,
    named.map(({ lineId }) => lineId),
  )
  const kept = await supervision.kept([...new Set(found.map(({ orgId }) => orgId))])
  const byId = new Map(found.map(line => [line.id, line]))
  return named.map(({ lineId, version }) => {
    const line = byId.get(lineId)
    const isOwn = line !== undefined && line.memberId === actor.memberId
    if (!line || !(isOwn || kept.has(line.orgId))) return fail('NOT_FOUND', { what: nameOf(lineId) })
    if (line.version !== version) fail('CONFLICT', { what: nameOf(lineId) })
    return { line, by: isOwn ? 'MEMBER' : 'KEEPER', keeps: kept.has(line.orgId) }
  })
}

/** What a line says of a base that somebody has named: worked out as the county has decided for its month. */
export async function baseSaid(
  work: Work,
  said: SaidBase,
  fromMonth: string,
): Promise<
  Base & Pick<FixingLine, 'payKind'> & { category: FixingLine['category']; paySlipSealed: Uint8Array | null }
> {
  const { category, paySlip } = said
  const incomeFen = incomeSaid(said)
  const settings = settingsOn(await settingsStore.decided(work.tx, work.actor.countyId), fromMonth)
  return {
    ...baseFrom({ category, incomeFen }, fromMonth, settings),
    payKind: paySlip?.kind ?? null,
    paySlipSealed: paySlip === null ? null : new Uint8Array(work.seal().seal(textOf(paySlip), 'pay-slip')),
  }
}

const textOf = (slip: PaySlip): string =>
  JSON.stringify(slip, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
