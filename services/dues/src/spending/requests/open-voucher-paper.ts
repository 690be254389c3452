import { recordAudit } from '@linghang/access'
import { type FileLink, type Links, type ObjectStore, openContent } from '@linghang/papers'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { paperStore } from './paper-store.ts'
import type { VoucherPaper } from './voucher-paper.ts'
import { voucherStore } from './voucher-store.ts'

const paperPath = (voucherId: string): string => `/files/dues-vouchers/${voucherId}`

/** @throws DomainError NOT_FOUND for whoever does not see its request, and where it has none */
async function requirePaper({ tx, actor, supervision }: Work, voucherId: string): Promise<VoucherPaper> {
  const [voucher] = await voucherStore.byIds(tx, actor.countyId, [voucherId])
  const isSeen = voucher && (await supervision.seen([voucher.orgId])).has(voucher.orgId)
  const paper = isSeen ? (await paperStore.ofVouchers(tx, actor.countyId, [voucherId])).get(voucherId) : undefined
  return paper ?? fail('NOT_FOUND', { what: `DuesVoucher:${voucherId}` })
}

/** A link to the paper of a voucher, for whoever sees its request. @throws DomainError NOT_FOUND */
export async function linkVoucherPaper(work: Work, links: Links, voucherId: string): Promise<FileLink> {
  await requirePaper(work, voucherId)
  return links.sign(paperPath(voucherId), work.actor, work.now)
}

/** The paper of a voucher; that it was read stays on record. @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openVoucherPaper(
  work: Work,
  { links, papers }: { links: Links; papers: ObjectStore },
  voucherId: string,
  query: Record<string, unknown>,
): Promise<{ paper: VoucherPaper; content: AsyncIterable<Uint8Array> }> {
  requireGoodLink({ links, actor: work.actor, now: work.now }, paperPath(voucherId), query)
  const paper = await requirePaper(work, voucherId)
  const { id, orgId, bytes, objectKey } = paper
  await recordAudit(work, [
    { orgId, action: 'dues-voucher.paper-read', subjectType: 'DuesVoucher', subjectId: voucherId },
  ])
  const seal = work.seal()
  // Opened part by part as it is read, which is after the transaction.
  const content = async function* () {
    yield* openContent(seal, id, bytes, await papers.get(objectKey))
  }
  return { paper, content: content() }
}
