import { expect, test } from '@jest/globals'
import { process } from './process.ts'

test('platform a process is a room whose reaction hears what the process watches, under its purpose', () => {
  const watches = ['org.organisation.changed.v1', 'org.organisation.moved.v1'] as const
  const { kind, title, reactions } = process({
    ...{ kind: 'KIND', purpose: 'things', watches, comesBack: false, title: { OATH: '宣誓' } },
    watched: ({ id, version }) => ({
      id,
      version,
      orgId: id,
      subjectId: id,
      subjectType: 'ORGANISATION',
      isOpen: true,
    }),
    datesOf: () => [],
    ladder: () => [],
  })
  expect([kind, title]).toEqual(['KIND', { OATH: '宣誓' }])
  expect(Object.entries(reactions ?? {}).map(([purpose, made]) => [purpose, made.map(({ types }) => types)])).toEqual([
    ['things', [watches]],
  ])
})
