type Waiting<Item> = { item: Item; done: () => void; failed: (error: unknown) => void }

/**
 * Lets what is to be written at one moment go into few transactions: what comes for one group within `lingerMs` is
 * written together, at most `atMost` at once. Each caller waits until its own is written, or is told the batch's fault
 * and tries again by itself.
 * @param write all of one group, in one transaction; an item that is there already is no fault
 */
export function createCoalescer<Item>(options: {
  groupOf: (item: Item) => string
  write: (group: string, items: Item[]) => Promise<void>
  lingerMs: number
  atMost: number
}) {
  const groups = new Map<string, Waiting<Item>[]>()

  const flush = (group: string): void => {
    const waiting = groups.get(group)
    if (!waiting) return
    groups.delete(group)
    options
      .write(
        group,
        waiting.map(({ item }) => item),
      )
      .then(
        () => {
          for (const { done } of waiting) done()
        },
        (error: unknown) => {
          for (const { failed } of waiting) failed(error)
        },
      )
  }

  return (item: Item): Promise<void> =>
    new Promise((done, failed) => {
      const group = options.groupOf(item)
      const waiting = groups.get(group)
      if (!waiting) {
        groups.set(group, [{ item, done, failed }])
        setTimeout(() => flush(group), options.lingerMs)
        return
      }
      waiting.push({ item, done, failed })
      if (waiting.length >= options.atMost) flush(group)
    })
}
