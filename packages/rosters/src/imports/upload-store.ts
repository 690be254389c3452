import type { RawTx } from '@linghang/access'
import { uploadSeconds } from './store.ts'

/** The file of an import on its way in: sealed parts, one upload at a time. */
export const uploadStore = {
  /** Makes room for a new file, in the transaction that holds the import. Parts are taken from this upload alone. */
  async beginUpload(tx: RawTx, importId: string, token: string): Promise<void> {
    await this.clearFile(tx, importId)
    await tx.$executeRawUnsafe(
      `update roster_import set upload_token = $2::uuid, upload_until = now() + make_interval(secs => ${uploadSeconds}) where id = $1::uuid`,
      importId,
      token,
    )
  },

  /** Whether an upload is under way; one that has been silent for a minute has broken off. */
  async isReceiving(tx: RawTx, importId: string): Promise<boolean> {
    const rows = await tx.$queryRawUnsafe<unknown[]>(
      'select 1 from roster_import where id = $1::uuid and upload_until > now()',
      importId,
    )
    return rows.length > 0
  },

  /** Holds the import for a part of its upload and keeps it open. @returns false where it is another upload's by now */
  async holdUpload(tx: RawTx, importId: string, token: string): Promise<boolean> {
    const held = await tx.$executeRawUnsafe(
      `update roster_import set upload_until = now() + make_interval(secs => ${uploadSeconds})
       where id = $1::uuid and upload_token = $2::uuid and state = 'AWAITING_FILE'`,
      importId,
      token,
    )
    return held === 1
  },

  async endUpload(tx: RawTx, importId: string, token: string): Promise<void> {
    await tx.$executeRawUnsafe(
      'update roster_import set upload_token = null, upload_until = null where id = $1::uuid and upload_token = $2::uuid',
      importId,
      token,
    )
  },

  async clearFile(tx: RawTx, importId: string): Promise<void> {
    for (const part of ['roster_chunk', 'roster_row', 'roster_finding', 'roster_missing']) {
      await tx.$executeRawUnsafe(`delete from ${part} where import_id = $1::uuid`, importId)
    }
    await tx.$executeRawUnsafe(
      `update roster_import set state = 'AWAITING_FILE', file_bytes = 0, rows_total = 0, rows_judged = 0, rows_valid = 0, rows_done = 0, done_through = -1,
         added = 0, changed = 0, unchanged = 0, refused = 0, errors = 0, warnings = 0, failure_code = null, updated_at = now() where id = $1::uuid`,
      importId,
    )
  },

  async addChunk(tx: RawTx, countyId: string, importId: string, n: number, sealed: Uint8Array): Promise<void> {
    await tx.$executeRawUnsafe(
      'insert into roster_chunk (import_id, county_id, n, sealed) values ($1::uuid, $2::uuid, $3, $4)',
      importId,
      countyId,
      n,
      sealed,
    )
  },

  async chunk(tx: RawTx, importId: string, n: number): Promise<Uint8Array | null> {
    const [row] = await tx.$queryRawUnsafe<{ sealed: Uint8Array }[]>(
      'select sealed from roster_chunk where import_id = $1::uuid and n = $2',
      importId,
      n,
    )
    return row?.sealed ?? null
  },

  async fileComplete(tx: RawTx, importId: string, bytes: number): Promise<void> {
    await tx.$executeRawUnsafe(
      `update roster_import set state = 'UPLOADED', file_bytes = $2, upload_token = null, upload_until = null, updated_at = now() where id = $1::uuid`,
      importId,
      bytes,
    )
  },
}
