import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Column } from '../columns.ts'
import { fileTooLarge, type TableLimits } from '../limits.ts'
import type { RawLine } from '../read-csv.ts'
import { TableError } from '../table-error.ts'
import { brokenXlsx } from './parse-xml.ts'
import type { ChosenSheet } from './read-sheet.ts'
import type { Given, Told } from './reading-thread.ts'

/** Where this process keeps compiled code, if it does: a thread that takes it from there begins in a quarter of the time. */
const compiled = getCompileCacheDir()

/** A thread that tells nothing for so long while it is waited for is ended: no roster takes minutes to its next lines. */
const SILENT_AT_MOST_MS = 180_000

async function collect(stream: AsyncIterable<Uint8Array>, limits: TableLimits): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.byteLength
    if (bytes > limits.xlsxBytes) throw fileTooLarge(limits.xlsxBytes)
    chunks.push(chunk)
  }
  const file = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    file.set(chunk, at)
    at += chunk.byteLength
  }
  return file
}

/** What the thread has told and nobody has taken, in order. Its end of any kind is the last word. */
function listenTo(worker: Worker) {
  const told: (Told | TableError)[] = []
  let wake: (() => void) | null = null
  const take = (message: Told | TableError) => {
    told.push(message)
    wake?.()
  }
  worker.on('message', take)
  worker.on('messageerror', () => take(brokenXlsx('its reader broke off')))
  // Out of memory as well: the thread ends by itself, the process and whoever else is served do not.
  worker.on('error', () => take(brokenXlsx('it takes more memory than a roster may')))
  worker.on('exit', () => take(brokenXlsx('its reader broke off')))
  return async (): Promise<Told> => {
    if (told.length === 0) {
      const timer = setTimeout(() => take(brokenXlsx('it takes more time than a roster may')), SILENT_AT_MOST_MS)
      await new Promise<void>(resolve => {
        wake = resolve
      })
      wake = null
      clearTimeout(timer)
    }
    const next = told.shift() as Told | TableError
    if (next instanceof TableError) throw next
    return next
  }
}

const check = (told: Told): Told => {
  if ('refused' in told) throw new TableError(told.refused.code, told.refused.text, told.refused.line)
  if ('broken' in told) throw brokenXlsx('its sheet cannot be read')
  return told
}

/**
 * The lines of the sheet of an XLSX file that holds the roster. The packed file is held in memory (its directory stands
 * at the end) and unpacked as it is read, in a thread with a heap of its own that is ended when it needs more or when
 * nobody reads on; what a roster says never touches the disk. Throws `TableError`.
 */
export async function readXlsx(
  stream: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
  limits: TableLimits,
): Promise<{ sheet: ChosenSheet; lines: AsyncGenerator<RawLine> }> {
  const file = await collect(stream, limits)
  const given: Given = {
    file,
    columns: columns.map(({ key, header, synonyms }) => ({ key, header, synonyms: synonyms ?? [] })),
    limits,
  }
  const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: given,
    transferList: [file.buffer],
    // It needs no secret of the process, and says nothing on its own.
    env: compiled ? { NODE_COMPILE_CACHE: dirname(compiled) } : {},
    resourceLimits: { maxOldGenerationSizeMb: limits.threadMiB },
  })
  const next = listenTo(worker)
  async function* lines(): AsyncGenerator<RawLine> {
    try {
      for (let told = check(await next()); !('ended' in told); told = check(await next())) {
        if (!('lines' in told)) continue
        yield* told.lines
        worker.postMessage('more')
      }
    } finally {
      await worker.terminate()
    }
  }
  try {
    const first = check(await next())
    if (!('sheet' in first)) throw brokenXlsx('its sheet cannot be read')
    return { sheet: first.sheet, lines: lines() }
  } catch (error) {
    await worker.terminate()
    throw error
  }
}
