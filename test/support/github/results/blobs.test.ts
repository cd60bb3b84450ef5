import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createBlobStore } from './blobs.ts';

test('blocks count once a list names them, in the order of the list and not of their arrival', async () => {
  let origin = '';
  const blobs = createBlobStore({ origin: () => origin, now: () => new Date(0) });
  const server = createServer((request, response) => {
    void blobs.handle(new URL(request.url ?? '', origin), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const blob = blobs.create('', 'text/plain');
  const put = async (query: string, body: string) =>
    (await fetch(`${blobs.sign(blob, 'w')}&${query}`, { method: 'PUT', body })).status;
  const list = (...ids: string[]) =>
    put(
      'comp=blocklist',
      `<BlockList>${ids.map((id) => `<Latest>${Buffer.from(id).toString('base64')}</Latest>`).join('')}</BlockList>`,
    );
  for (const id of ['two', 'one', 'unused']) {
    expect(await put(`comp=block&blockid=${encodeURIComponent(Buffer.from(id).toString('base64'))}`, id)).toBe(201);
  }
  expect(blob.bytes).toBeUndefined();
  expect(await list('one', 'missing')).toBe(400);
  expect(await list('one', 'two')).toBe(201);
  expect(await (await fetch(blobs.sign(blob, 'r'))).text()).toBe('onetwo');
  blob.sealed = true;
  expect(await put('', 'other')).toBe(409);
  server.closeAllConnections();
  server.close();
});
