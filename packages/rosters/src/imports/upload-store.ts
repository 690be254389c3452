import type { RawTx } from '@linghang/access'
import { sqlOf } from '@linghang/database'
import { change, clearParts, nothingJudged, now, secondsFromNow, uploadSeconds } from './table-store.ts'

/** The file of an import on its way in: sealed parts, one upload at a time. */
export const uploadStore = {
  /** Makes room for a new file, in the transaction that holds the import. Parts are taken from this upload alone. */
  async beginUpload(tx: RawTx, importId: string, token: string): Promise<void> {
    await this.clearFile(tx, importId)
    await change(tx, importId)
      .set({ uploadToken: token, uploadUntil: secondsFromNow(uploadSeconds) })
      .execute()
  },

  /** Whether an upload is under way; one that has been silent for a minute has broken off. */
  async isReceiving(tx: RawTx, importId: string): Promise<boolean> {
    const row = await sqlOf(tx)
      .selectFrom('rosterImport')
      .select('id')
      .where('id', '=', importId)
      .where('uploadUntil', '>', now)
      .executeTakeFirst()
    return row !== undefined
  },

  /** Holds the import for a part of its upload and keeps it open. @returns false where it is another upload's by now */
  async holdUpload(tx: RawTx, importId: string, token: string): Promise<boolean> {
    const held = await change(tx, importId)
      .set({ uploadUntil: secondsFromNow(uploadSeconds) })
      .where('uploadToken', '=', token)
      .where('state', '=', 'AWAITING_FILE')
      .executeTakeFirstOrThrow()
    return held.numUpdatedRows === 1n
  },

  async endUpload(tx: RawTx, importId: string, token: string): Promise<void> {
    await change(tx, importId).set({ uploadToken: null, uploadUntil: null }).where('uploadToken', '=', token).execute()
  },

  async clearFile(tx: RawTx, importId: string): Promise<void> {
    await clearParts(tx, importId, ['rosterChunk', 'rosterRow', 'rosterFinding', 'rosterMissing'])
    await change(tx, importId)
      .set({ ...nothingJudged, state: 'AWAITING_FILE', fileBytes: 0n, failureCode: null, updatedAt: now })
      .execute()
  },

  async addChunk(tx: RawTx, countyId: string, importId: string, n: number, sealed: Uint8Array): Promise<void> {
    await sqlOf(tx).insertInto('rosterChunk').values({ importId, countyId, n, sealed }).execute()
  },

  async chunk(tx: RawTx, importId: string, n: number): Promise<Uint8Array | null> {
    const row = await sqlOf(tx)
      .selectFrom('rosterChunk')
      .select('sealed')
      .where('importId', '=', importId)
      .where('n', '=', n)
      .executeTakeFirst()
    return row?.sealed ?? null
  },

  async fileComplete(tx: RawTx, importId: string, bytes: number): Promise<void> {
    await change(tx, importId)
      .set({ state: 'UPLOADED', fileBytes: BigInt(bytes), uploadToken: null, uploadUntil: null, updatedAt: now })
      .execute()
  },
}
