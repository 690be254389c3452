import { recordAudit, recordHash } from '@linghang/access'
import { requireCountyAdmin } from '@linghang/subgraph'
import { factStore } from '../../facts/journal/store.ts'
import { useCase } from '../../work.ts'
import type { PackDocument } from '../documents/pack.ts'
import { libraryPack } from '../library/library.ts'
import type { Finding } from '../validation/finding.ts'
import { readPack } from '../validation/findings.ts'
import { type Decided, decisionOf } from './decide.ts'
import { beginsPeriod } from './decision.ts'
import { fail } from './errors.ts'
import { packStore } from './store.ts'

export type Chosen = { document?: string | null; library?: string | null }

const periods = {
  MONTH: { zh: '按月', en: 'month', wanted: '月' },
  QUARTER: { zh: '按季度', en: 'quarter', wanted: '季度' },
  YEAR: { zh: '按年', en: 'year', wanted: '年' },
} as const

const said = (findings: readonly Finding[], language: 'zh' | 'en') =>
  findings.map(one => (one.path === '' ? one[language] : `${one.path} ${one[language]}`)).join('；')

/** What is published: a document, or a pack of the library as it is. @throws DomainError BAD_INPUT, NOT_FOUND, PACK_REFUSED */
export function requirePack({ document, library }: Chosen): PackDocument {
  if ((typeof document === 'string') === (typeof library === 'string'))
    fail('BAD_INPUT', {
      ...{ field: 'document', found: typeof document === 'string' ? 'document, library' : '' },
      ...{
        wanted: 'either a document or a pack of the library',
        wantedZh: '办法全文（document）或办法库代号（library）之一',
      },
    })
  if (typeof library === 'string')
    return libraryPack(library) ?? fail('NOT_FOUND', { what: 'pack', whatZh: '考核办法' })
  return requireLawful(document ?? '')
}

/** @throws DomainError PACK_REFUSED with what is forbidden and what is wrong */
function requireLawful(text: string): PackDocument {
  const { findings, document } = readPack(text)
  if (document) return document
  // What is forbidden is told before what is merely wrong.
  const faults = findings.filter(({ kind }) => kind !== 'NOTE')
  const ordered = [...faults.filter(({ kind }) => kind === 'REFUSED'), ...faults.filter(({ kind }) => kind === 'WRONG')]
  return fail('PACK_REFUSED', { found: faults.length, findings: said(ordered, 'en'), findingsZh: said(ordered, 'zh') })
}

/**
 * Publishes a pack: the county scores by it from a day on, as it has decided by a document (R2). Who may: an administrator of the
 * whole county. Nothing that a rule forbids is published, whatever was decided (R14).
 * @returns the decision's number in the county
 * @throws DomainError FORBIDDEN, BAD_INPUT, PACK_REFUSED, PACK_PERIOD_BROKEN, PACK_DATE_TAKEN
 */
export const publishPack = useCase('publishPack', async (work, input: Decided & Chosen): Promise<number> => {
  const { tx, actor, now } = work
  requireCountyAdmin(work)
  const document = requirePack(input)
  const decision = await decisionOf(work, input)
  const { effectiveFrom, version } = decision
  const { zh, en, wanted } = periods[document.period]
  if (!beginsPeriod(document.period, effectiveFrom))
    fail('PACK_PERIOD_BROKEN', { found: effectiveFrom, period: en, periodZh: zh, wanted })
  const written = await packStore.insert(tx, {
    ...{ ...decision, kind: 'PACK', packKey: document.key, document },
    ...{ countyId: actor.countyId, setBy: actor.accountId, setAt: now },
  })
  if (!written) fail('PACK_DATE_TAKEN', { found: effectiveFrom })
  await factStore.touchTop(tx, actor.countyId, decision.effectiveFrom)
  await recordAudit(work, [
    {
      orgId: null,
      action: 'pack.published',
      subjectType: 'County',
      subjectId: actor.countyId,
      afterHash: recordHash({ ...decision, document }),
    },
  ])
  return version
})
