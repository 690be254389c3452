import { recordAudit } from '@linghang/access'
import { type ObjectStore, type PaperFault, paperLimits, type TakenPaper, takePaper } from '@linghang/papers'
import type { CountySeal } from '@linghang/sealing'
import type { Context, Work } from '../../work.ts'
import { fail } from './errors.ts'
import { holdOwnSpending, requireState } from './hold-spending.ts'
import { paperStore } from './paper-store.ts'
import { from } from './spending.ts'
import type { Voucher } from './voucher.ts'
import { paperKinds, papersAtMost, readPaperName } from './voucher-paper.ts'
import { voucherStore } from './voucher-store.ts'

/** A voucher of a request whose books the actor keeps, while it is not settled. @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR */
async function holdVoucher(work: Work, voucherId: string): Promise<Voucher> {
  const [voucher] = await voucherStore.byIds(work.tx, work.actor.countyId, [voucherId])
  if (!voucher || !(await work.supervision.seen([voucher.orgId])).has(voucher.orgId))
    return fail('NOT_FOUND', { what: `DuesVoucher:${voucherId}` })
  requireState(await holdOwnSpending(work, voucher.spendingId), from.settle)
  return voucher
}

/** @throws DomainError VOUCHER_PAPER_LENGTH_UNKNOWN, VOUCHER_PAPER_SIZE */
function requireLength(said: number | null): number {
  const limit = paperLimits.fileBytes
  if (said === null) return fail('VOUCHER_PAPER_LENGTH_UNKNOWN')
  if (said < 1 || said > limit) fail('VOUCHER_PAPER_SIZE', { found: said, limit })
  return said
}

/** @throws DomainError VOUCHER_PAPER_CUT_OFF, VOUCHER_PAPER_CONTENT */
function refuse(found: PaperFault): never {
  if (found.fault === 'CUT_OFF') return fail('VOUCHER_PAPER_CUT_OFF', { found: found.found, wanted: found.wanted })
  return fail('VOUCHER_PAPER_CONTENT', { found: found.found ?? '?', wanted: paperKinds })
}

type Begun = { id: string; key: string; seal: CountySeal }

/** @throws DomainError as holdVoucher, TOO_MANY_VOUCHER_PAPERS */
async function begin(work: Work, voucherId: string): Promise<Begun> {
  const { tx, actor, now } = work
  await holdVoucher(work, voucherId)
  if ((await paperStore.countOf(tx, voucherId)) >= papersAtMost)
    fail('TOO_MANY_VOUCHER_PAPERS', { limit: papersAtMost })
  const id = work.newId()
  const key = `${actor.countyId}/dues-vouchers/${voucherId}/${id}`
  await paperStore.beginObject(tx, actor.countyId, key, now)
  return { id, key, seal: work.seal() }
}

/** @throws DomainError as holdVoucher: it may have been settled while the paper was on its way */
async function complete(work: Work, voucherId: string, { id, key }: Begun, taken: TakenPaper & { fileName: string }) {
  const { tx, actor, now } = work
  const { orgId } = await holdVoucher(work, voucherId)
  await paperStore.file(
    tx,
    actor.countyId,
    { ...taken, id, orgId, voucherId, objectKey: key, filedAt: now },
    actor.accountId,
  )
  const afterHash = Buffer.from(taken.sha256, 'hex')
  await recordAudit(work, [
    { orgId, action: 'dues-voucher.paper-filed', subjectType: 'DuesVoucher', subjectId: voucherId, afterHash },
  ])
}

/**
 * Takes the paper of a voucher, a PDF or a picture: sealed with the county's key, streamed into the store, looked at for what
 * it is, and filed in one transaction, in the place of the one before it. By whoever keeps the books of the request, until it
 * is settled. A kill at any line leaves an object without a row at the most, which is swept.
 * @param input.saidBytes the length that the request states; null when it states none
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR, TOO_MANY_VOUCHER_PAPERS, VOUCHER_PAPER_*
 */
export async function takeVoucherPaper(
  { perform }: Pick<Context, 'perform'>,
  papers: ObjectStore,
  { voucherId, name, saidBytes }: { voucherId: string; name: string; saidBytes: number | null },
  content: AsyncIterable<Uint8Array>,
): Promise<TakenPaper> {
  const bytes = requireLength(saidBytes)
  const fileName =
    readPaperName(name) ?? fail('VOUCHER_PAPER_NAME', { wanted: paperKinds, limit: paperLimits.fileNameCharacters })
  const begun = await perform(work => begin(work, voucherId), { rights: 'COUNTY' })
  let isThere = false
  try {
    const taken = await takePaper(papers, { ...begun, fileName, bytes }, content)
    isThere = true
    if ('fault' in taken) return refuse(taken)
    await perform(work => complete(work, voucherId, begun, { ...taken, fileName }), { rights: 'COUNTY' })
    return taken
  } catch (error) {
    const discard = async () => {
      await papers.delete(begun.key)
      // What a store makes of an upload that broke off may come after it was told to remove it: that is swept.
      if (isThere) await perform(({ tx }) => paperStore.forgetObject(tx, begun.key), { rights: 'COUNTY' })
    }
    // What cannot be removed now, with the store or the database away, is swept later.
    await discard().catch(() => undefined)
    throw error
  }
}
