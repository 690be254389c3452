import type { RawTx, Work } from '@linghang/access'
import type { CountySeal } from '@linghang/sealing'
import type { Column } from '../columns.ts'
import type { Finding } from '../finding.ts'
import type { Row } from '../read-table.ts'

/** What imports work with, in whatever service. */
export type ImportWork = Work & { seal(): CountySeal }

export const importStates = [
  'AWAITING_FILE',
  'UPLOADED',
  'PREVIEWING',
  'PREVIEWED',
  'COMMITTING',
  'COMMITTED',
  'FAILED',
  'WITHDRAWN',
] as const
export type ImportState = (typeof importStates)[number]
/** VALID takes over the rows without errors; ALL_OR_NONE takes nothing while there is an error. */
export type ImportMode = 'VALID' | 'ALL_OR_NONE'

export type RosterImport = {
  id: string
  countyId: string
  /** The organisation whose roster it is; null for a whole county's. */
  orgId: string | null
  state: ImportState
  mode: ImportMode | null
  fileName: string | null
  fileBytes: number
  rowsTotal: number
  rowsJudged: number
  rowsValid: number
  rowsDone: number
  doneThrough: number
  added: number
  changed: number
  unchanged: number
  /** Of the rows done: refused, since the register had changed after the preview; each has a finding. */
  refused: number
  errors: number
  warnings: number
  failure: { code: string; zh: string; en: string } | null
  createdAt: Date
}

/** A row that may be taken over: what the register will hold, ready made; personal numbers in it are sealed already. */
export type StagedRow = { line: number; record: object }

/** Judges one file. Every row is looked at before anything is written to the register. */
export type Judgement<K extends string> = {
  /** A batch of rows in the order of the file. */
  judge(rows: Row<K>[]): Promise<{ findings: Finding[]; staged: StagedRow[] }>
  /** What only the whole file shows: cycles, an order. */
  finish(): Promise<{ findings: Finding[]; staged: StagedRow[] }>
  /** What taking over would do with staged rows behind `after`, up to and with `through`, as the register stands now. */
  foresee(tx: RawTx, after: number, through: number): Promise<Foreseen>
  /** Whom the register has in the organisations of this file and the file does not name. Nobody is deleted. */
  missing(tx: RawTx): Promise<string[]>
}

/** What taking over makes of rows. */
export type Foreseen = { added: number; changed: number; unchanged: number }

export type ImportScope = { id: string; countyId: string; orgId: string | null }
/** `refused`: rows of the chunk that the register takes no longer; each has been written down as a finding. */
export type ChunkResult = Foreseen & { taken: number; through: number; refused: number }

/** What a service brings: which columns its rosters have, how rows are judged and how they get into its register. */
export type Roster<K extends string, Tx extends RawTx> = {
  /** `Organisation` or `Member`: the thing that a row is about. */
  subject: string
  columns: readonly Column<K>[]
  begin(scope: ImportScope, today: string): Promise<Judgement<K>>
  /**
   * Staged rows that the register would not take as it stands now, 1,000 at most: it has changed since the file was
   * judged, or whose roster it is no longer reaches them.
   */
  refusals(tx: Tx, scope: ImportScope): Promise<Finding[]>
  /** Takes over the next staged rows behind `after`, `limit` at most, with events and audit rows, in this transaction. */
  takeOver(tx: Tx, scope: ImportScope, after: number, limit: number, accountId: string | null): Promise<ChunkResult>
}
