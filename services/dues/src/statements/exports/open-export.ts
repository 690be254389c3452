import { recordAudit } from '@linghang/access'
import { archiveOf } from '@linghang/papers/archive'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Context, Work } from '../../work.ts'
import type { BookPeriod } from '../books/book.ts'
import { requireBookPeriod } from '../books/read-books.ts'
import { fail } from './errors.ts'
import { type ArchiveFile, jsonLines, manifestOf, mostRows, sumsOf } from './export-file.ts'
import { exportStore, type HeadsOf } from './store.ts'

type WantedExport = BookPeriod & { orgId: string }

const exportPath = ({ orgId, from, until }: WantedExport): string =>
  `/files/dues-exports/${orgId}.zip?from=${from}&until=${until}`

/**
 * Auditors and discipline inspectors of the organisation or of one above it, and the accountant of the county.
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
async function requireAuditor(work: Work, orgId: string): Promise<{ id: string; code: string; name: string }> {
  const { tx, actor, supervision } = work
  const organisation = await accountStore.organisation(tx, actor.countyId, orgId)
  if (!organisation || !(await supervision.seen([orgId])).has(orgId))
    return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  const { code, name } = organisation
  for (const role of ['AUDITOR', 'DISCIPLINE_INSPECTOR'] as const)
    if (actor.kind === 'PERSON' && (await supervision.heldAs(role, [orgId])).has(orgId))
      return { id: orgId, code, name }
  const accounting = actor.grants.flatMap(grant => (grant.role === 'TREASURER' && grant.orgId ? [grant.orgId] : []))
  if (actor.kind === 'PERSON' && (await exportStore.topOf(tx, accounting)).length > 0) return { id: orgId, code, name }
  return fail('FORBIDDEN', {
    wanted: 'AUDITOR, DISCIPLINE_INSPECTOR, or TREASURER of the county',
    wantedZh: '审计员、纪检监察干部，或县级党委的会计',
  })
}

/** A link to an archive for whoever audits. @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, BOOK_PERIOD_TOO_LONG */
export async function linkExport(context: Context, links: Links, wanted: WantedExport): Promise<FileLink> {
  requireBookPeriod(wanted)
  return context.perform(async work => {
    await requireAuditor(work, wanted.orgId)
    return links.sign(exportPath(wanted), work.actor, work.now)
  })
}

/** Everything of the period at one moment, and that it was fetched. @throws DomainError EXPORT_TOO_MANY_ROWS */
async function readAll(work: Work, wanted: WantedExport) {
  const { tx, now } = work
  const { orgId, from, until } = wanted
  const organisation = await requireAuditor(work, orgId)
  const found = await exportStore.filesOf(tx, orgId, wanted, mostRows + 1)
  for (const { file, rows } of found)
    if (rows > mostRows) fail('EXPORT_TOO_MANY_ROWS', { file, from, until, limit: mostRows })
  const files = found.map(({ file, content, rows }): ArchiveFile => ({ name: `${file}.jsonl`, content, rows }))
  await recordAudit(work, [
    { orgId, action: `dues-export.fetched: ${from} ${until}`, subjectType: 'Organisation', subjectId: orgId },
  ])
  return { organisation, files, under: await exportStore.under(tx, orgId), now }
}

const isDay = (said: unknown): said is string => typeof said === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(said)

/**
 * An archive of an organisation's books with all below it (S0-28): journals, entries, evidence, accounts, holds, where the
 * audit ends, and a manifest with the hash of each. Fetching it leaves a row of the audit, which its own head has already.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND, FORBIDDEN, BOOK_PERIOD_TOO_LONG, EXPORT_TOO_MANY_ROWS
 */
export async function openExport(
  context: Context,
  { links, headsOf }: { links: Links; headsOf: HeadsOf },
  orgId: string,
  { from, until, ...query }: Record<string, unknown>,
): Promise<{ name: string; content: AsyncIterable<Uint8Array> }> {
  if (!isDay(from) || !isDay(until)) return fail('LINK_REFUSED')
  const wanted = { orgId, from, until }
  await context.perform(async ({ actor, now }: Work) =>
    requireGoodLink({ links, actor, now }, exportPath(wanted), query),
  )
  requireBookPeriod(wanted)
  const { organisation, files, under, now } = await context.perform(work => readAll(work, wanted), {
    timeoutMs: 60_000,
  })
  const heads = await headsOf(under)
  const told = [...files, { name: 'audit-heads.jsonl', content: jsonLines(heads), rows: heads.length }]
  const manifest = JSON.stringify(manifestOf(organisation, wanted, now, told), null, 2)
  const all = [...told, { name: 'manifest.json', content: `${manifest}\n`, rows: null }]
  const packed = [...all, { name: 'SHA256SUMS', content: sumsOf(all) }]
  return {
    name: `党费审计导出-${organisation.code}-${from}至${until}.zip`,
    content: archiveOf(
      packed.map(({ name, content }) => ({
        ...{ path: name, mtime: now, compress: true, make: async () => Buffer.from(content) },
      })),
    ),
  }
}
