import { describe, expect, test } from '@jest/globals'
import { waitingOf } from './waiting.ts'

const lag = (group: string, topic: string, ...messages: bigint[]) =>
  messages.map((waiting, partition) => ({ group, topic, partition, messages: waiting }))

describe('platform what consumers have yet to read', () => {
  test('platform partitions of a group are added up, group by group and topic by topic', () => {
    const lags = [
      ...lag('dues.org-tree', 'org.events', 2n, 0n, 3n),
      ...lag('dues.member-register', 'members.events', 1n, 1n),
      ...lag('dues.org-tree', 'members.events', 4n),
    ]
    expect(waitingOf(lags)).toEqual([
      { group: 'dues.member-register', topic: 'members.events', messages: 2n },
      { group: 'dues.org-tree', topic: 'members.events', messages: 4n },
      { group: 'dues.org-tree', topic: 'org.events', messages: 5n },
    ])
  })

  test('platform a gateway’s partitions are added up too; of all gateways the one that is furthest counts', () => {
    const lags = [
      ...lag('gateway.grants-0a1b', 'org.events', 0n, 90n, 0n, 90n),
      ...lag('gateway.grants-2c3d', 'org.events', 7n, 0n, 5n, 0n),
    ]
    // The least of all partitions would be none at all.
    expect(waitingOf(lags)).toEqual([{ group: 'gateway.grants', topic: 'org.events', messages: 12n }])
  })

  test('platform others’ groups are not ours, whatever they begin with', () => {
    expect(waitingOf([...lag('orgchart.sync', 'org.events', 1n), ...lag('somebody', 'org.events', 1n)])).toEqual([])
  })
})
