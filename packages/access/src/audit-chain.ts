import { createHash } from 'node:crypto'
import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'
import type { AsService, RawTx } from './transact.ts'

/** Where a chain ends: as many links, and the hash of the last. Kept elsewhere it also proves a whole chain cut off. */
export type AuditChainHead = { chainId: string; countyId: string; seq: bigint; hash: string }

/** What does not fit, at the first place where something does not. */
export type AuditFault =
  /** The row is not the one that was hashed. */
  | 'ENTRY_CHANGED'
  /** The link is there, its row is not. */
  | 'ENTRY_REMOVED'
  /** A link between two others, or before the first, is not there. */
  | 'LINK_REMOVED'
  /** The link does not continue the one before it. */
  | 'LINK_CHANGED'
  /** The chain is shorter than its head says. */
  | 'END_REMOVED'
  /** The last link is not the one that the head names. */
  | 'HEAD_CHANGED'
  /** There are links and no head, or links behind it. */
  | 'LINK_BEYOND_HEAD'
  /** A row that is in no chain: it was not written through the trigger. */
  | 'ENTRY_INSERTED'

export type BrokenLink = { chainId: string; seq: bigint | null; entryId: string | null; fault: AuditFault }
export type AuditVerdict = { chains: number; links: bigint; broken: BrokenLink | null }

type LinkRow = Awaited<ReturnType<typeof readLinks>>[number]

const pageOfLinks = 5_000
const pageOfChains = 1_000
const noId = '00000000-0000-0000-0000-000000000000'

/** As PostgreSQL writes a JSON array of texts: `app.audit_text` hashes the same. */
const canonical = (fields: readonly (string | null)[]): string =>
  `[${fields.map(field => JSON.stringify(field)).join(', ')}]`

const linkHash = (chainId: string, row: LinkRow, previous: string): string =>
  createHash('sha256')
    .update(canonical(['1', chainId, String(row.seq), previous, ...row.fields]))
    .digest('hex')

/** What does not fit in a link, given the one before it; null when all does. */
function judgeLink(chainId: string, row: LinkRow, expected: { seq: bigint; previous: string }): AuditFault | null {
  if (BigInt(row.seq) !== expected.seq) return 'LINK_REMOVED'
  if (row.entryId === null) return 'ENTRY_REMOVED'
  if (row.previous !== expected.previous) return 'LINK_CHANGED'
  // The row's own organisation names its chain: a row under another one's chain is not the row that was hashed.
  if ((row.fields[2] ?? row.fields[1]) !== chainId) return 'ENTRY_CHANGED'
  return linkHash(chainId, row, row.previous) === row.hash ? null : 'ENTRY_CHANGED'
}

const hex = (column: string) => sql<string>`encode(${sql.ref(column)}, 'hex')`

// An operator's command reads without Prisma, whose driver gives a bigint as text: a `seq` is made one where it is read.
const readLinks = (tx: RawTx, head: AuditChainHead, after: bigint) =>
  sqlOf(tx)
    .selectFrom('auditLink as l')
    .leftJoin('auditEntry as e', 'e.id', 'l.auditId')
    .select(['l.seq', 'l.auditId', hex('l.previous').as('previous'), hex('l.hash').as('hash'), 'e.id as entryId'])
    .select(
      sql<
        (string | null)[]
      >`array[e.id::text, e.county_id::text, e.org_id::text, e.account_id::text, e.action, e.subject_type,
        e.subject_id::text, encode(e.before_hash, 'hex'), encode(e.after_hash, 'hex'), e.trace_id,
        (extract(epoch from e.recorded_at) * 1000000)::bigint::text]
        || case when e.by_org_id is null then '{}' else array[e.by_org_id::text] end`.as('fields'),
    )
    .where('l.chainId', '=', head.chainId)
    .where('l.seq', '>', after)
    .where('l.seq', '<=', head.seq)
    .orderBy('l.seq')
    .limit(pageOfLinks)
    .execute()

async function verifyChain(asService: AsService<RawTx>, head: AuditChainHead): Promise<BrokenLink | null> {
  const { chainId } = head
  const broken = (fault: AuditFault, seq: bigint, entryId: string | null): BrokenLink => ({
    chainId,
    seq,
    entryId,
    fault,
  })
  let seq = 0n
  let hash = ''
  for (;;) {
    const after = seq
    const rows = await asService(tx => readLinks(tx, head, after))
    for (const row of rows) {
      const fault = judgeLink(chainId, row, { seq: seq + 1n, previous: hash })
      if (fault) return broken(fault, seq + 1n, fault === 'LINK_REMOVED' ? null : row.auditId)
      seq += 1n
      hash = row.hash
    }
    if (rows.length < pageOfLinks) break
  }
  if (seq < head.seq) return broken('END_REMOVED', seq + 1n, null)
  return hash === head.hash ? null : broken('HEAD_CHANGED', head.seq, null)
}

async function readHeads(tx: RawTx, countyId: string | null, after: string): Promise<AuditChainHead[]> {
  const rows = await sqlOf(tx)
    .selectFrom('auditChain')
    .select(['id as chainId', 'countyId', 'seq', hex('hash').as('hash')])
    .where('id', '>', after)
    .$if(countyId !== null, heads => heads.where('countyId', '=', countyId))
    .orderBy('id')
    .limit(pageOfChains)
    .execute()
  return rows.map(row => ({ ...row, seq: BigInt(row.seq) }))
}

/** Links and rows that no chain leads to; one statement sees both sides at the same moment. */
async function findStray(tx: RawTx, countyId: string | null): Promise<BrokenLink | null> {
  const link = await sqlOf(tx)
    .selectFrom('auditLink as l')
    .leftJoin('auditChain as c', 'c.id', 'l.chainId')
    .select(['l.chainId', 'l.seq', 'l.auditId as entryId'])
    .where(({ or, eb }) => or([eb('c.id', 'is', null), eb('l.seq', '>', eb.ref('c.seq'))]))
    .$if(countyId !== null, links => links.where('l.countyId', '=', countyId))
    .orderBy('l.chainId')
    .orderBy('l.seq')
    .limit(1)
    .executeTakeFirst()
  if (link) return { ...link, seq: BigInt(link.seq), fault: 'LINK_BEYOND_HEAD' }
  const entry = await sqlOf(tx)
    .selectFrom('auditEntry as e')
    .select(({ fn }) => ['e.id', fn.coalesce('e.orgId', 'e.countyId').as('chainId')])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('auditLink as l').select('l.auditId').whereRef('l.auditId', '=', 'e.id'))),
    )
    .$if(countyId !== null, entries => entries.where('e.countyId', '=', countyId))
    .orderBy('e.id')
    .limit(1)
    .executeTakeFirst()
  return entry ? { chainId: entry.chainId, seq: null, entryId: entry.id, fault: 'ENTRY_INSERTED' } : null
}

/**
 * Walks the audit chains of one service's database and computes every hash anew, here and not in the database. Chains
 * may grow meanwhile: each is walked to where its head was.
 * @param options.countyId one county's chains; null for all
 * @param options.onHead told of each chain that holds, with its head
 * @returns how much was walked, and the first thing that does not fit; null when everything does
 */
export async function verifyAuditChains(
  asService: AsService<RawTx>,
  options: { countyId: string | null; onHead?: (head: AuditChainHead) => void },
): Promise<AuditVerdict> {
  const verdict: AuditVerdict = { chains: 0, links: 0n, broken: null }
  for (let after = noId; ; ) {
    const place = after
    const heads = await asService(tx => readHeads(tx, options.countyId, place))
    for (const head of heads) {
      const broken = await verifyChain(asService, head)
      if (broken) return { ...verdict, broken }
      verdict.chains++
      verdict.links += head.seq
      options.onHead?.(head)
      after = head.chainId
    }
    if (heads.length < pageOfChains) break
  }
  return { ...verdict, broken: await asService(tx => findStray(tx, options.countyId)) }
}
