import DataLoader from 'dataloader'

type Read<V> = (keys: readonly string[]) => Promise<Map<string, V>>

/**
 * Loaders of one request, one batch a tick: a page of a hundred costs what a page of one costs. `one` loads by key;
 * `listed` keeps a loader for each set of arguments, so that the same list under many parents is one batch too.
 */
export function createLoads() {
  const one = <V>(read: Read<V>) =>
    new DataLoader<string, V | null>(async keys => {
      const found = await read(keys)
      return keys.map(key => found.get(key) ?? null)
    })
  const byArguments = new Map<string, DataLoader<string, unknown>>()
  const listed = <V>(name: string, read: Read<V>): DataLoader<string, V | null> => {
    const loader = byArguments.get(name) ?? one(read)
    byArguments.set(name, loader as DataLoader<string, unknown>)
    return loader as DataLoader<string, V | null>
  }
  return { one, listed }
}
