import { type FSWatcher, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Log } from '@linghang/telemetry'

const settleMs = 200

/**
 * Tells when another supergraph stands in the place of the one that is loaded. The folder is watched and not the file, since a
 * ConfigMap swaps a link beside it. One that does not load leaves the old one in place.
 * @param options.loaded the text that is in place now
 * @param options.swap takes the new text; throws when it is not a supergraph
 */
export function watchSupergraph(options: {
  file: string
  loaded: string
  swap: (sdl: string) => void
  countReload: (outcome: 'loaded' | 'refused') => void
  log: Log
}): { stop(): void } {
  let timer: NodeJS.Timeout | undefined
  let last = options.loaded

  const look = async (): Promise<void> => {
    try {
      const sdl = await readFile(options.file, 'utf8')
      if (sdl === last) return
      last = sdl
      options.swap(sdl)
      options.countReload('loaded')
    } catch (error) {
      options.countReload('refused')
      options.log.error({ reason: (error as Error).message }, 'the new supergraph does not load: the old one stays')
    }
  }
  const watcher: FSWatcher = watch(dirname(options.file), () => {
    // Writers touch a folder several times for one change.
    clearTimeout(timer)
    timer = setTimeout(look, settleMs)
  })
  watcher.on('error', error => options.log.error({ reason: error.message }, 'the supergraph is not watched any more'))
  watcher.unref()
  return {
    stop(): void {
      clearTimeout(timer)
      watcher.close()
    },
  }
}
