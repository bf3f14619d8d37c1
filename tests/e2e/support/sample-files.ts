import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** A picture of 640 by 400; as JPEG with a camera's name in its EXIF part. */
export async function picture(format: 'png' | 'jpeg', width = 640, height = 400): Promise<Uint8Array<ArrayBuffer>> {
  const sky = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="0" y2="1">
    <stop stop-color="#0b6e69"/><stop offset="1" stop-color="#f0a94b"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/><circle cx="70%" cy="40%" r="12%" fill="#fff"/></svg>`;
  const image = sharp(Buffer.from(sky));
  const made = format === 'png' ? image.png() : image.withExif({ IFD0: { Make: 'Test', Model: 'Camera' } }).jpeg();
  return Uint8Array.from(await made.toBuffer());
}

/** A second of a tone: WAV, 8 kHz, 8 bit, one channel. */
export function sound(): Uint8Array<ArrayBuffer> {
  const samples = 8000;
  const bytes = Buffer.alloc(44 + samples);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples, 4);
  bytes.write('WAVEfmt ', 8);
  for (const [at, value, width] of [
    [16, 16, 4],
    [20, 1, 2],
    [22, 1, 2],
    [24, 8000, 4],
    [28, 8000, 4],
    [32, 1, 2],
    [34, 8, 2],
  ] as const) {
    bytes.writeUIntLE(value, at, width);
  }
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples, 40);
  for (let i = 0; i < samples; i += 1) bytes[44 + i] = 128 + Math.round(60 * Math.sin(i / 3));
  return Uint8Array.from(bytes);
}

/** A second of film, made by the browser itself. */
export async function filmIn(page: Page): Promise<Uint8Array<ArrayBuffer>> {
  const base64: string = await page.evaluate(`(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    for (let i = 0; i < 25; i += 1) {
      context.fillStyle = 'hsl(' + i * 14 + ' 60% 50%)';
      context.fillRect(0, 0, 160, 90);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await new Promise((resolve) => { recorder.onstop = resolve; recorder.stop(); });
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  })()`);
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** Two pages, each with a line of Helvetica, one of the fonts that a document need not bring. */
export function twoPagePdf(): Uint8Array<ArrayBuffer> {
  const text = (line: string) => `BT /F1 36 Tf 72 700 Td (${line}) Tj ET`;
  const stream = (content: string) => `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
  const pageOf = (content: number) =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${content} 0 R /Resources << /Font << /F1 7 0 R >> >> >>`;
  const objects = [
    // An action of JavaScript, which nothing here runs.
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
    pageOf(5),
    pageOf(6),
    stream(text('Hello from page one')),
    stream(text('And from page two')),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const xref = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\n`;
  return Uint8Array.from(Buffer.from(`${file}${xref}startxref\n${file.length}\n%%EOF\n`, 'latin1'));
}
