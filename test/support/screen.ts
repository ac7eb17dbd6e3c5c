import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** The sandbox's page in a real browser, used with mouse and keyboard like a person does. */
export class Screen {
  readonly page: Page;
  /** What went wrong inside the page, as its console tells it. */
  readonly problems: string[] = [];
  readonly #browser: Browser;
  readonly #pictures: string;
  readonly #keep: boolean;
  #count = 0;

  private constructor(browser: Browser, page: Page, pictures: string, keep: boolean) {
    this.#browser = browser;
    this.page = page;
    this.#pictures = pictures;
    this.#keep = keep;
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /** Opens the page; its pictures stay only where PICTURES_DIR names a folder for them. */
  static async open(program: string, url: string, size = { width: 1400, height: 900 }): Promise<Screen> {
    const kept = process.env['PICTURES_DIR'];
    const pictures = kept ?? (await mkdtemp(path.join(tmpdir(), 'trunkline-pictures-')));
    await mkdir(pictures, { recursive: true });
    const args = ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'];
    const browser = await puppeteer.launch({ executablePath: program, args });
    const page = await browser.newPage();
    await page.setViewport(size);
    const screen = new Screen(browser, page, pictures, kept !== undefined);
    await page.goto(url);
    await page.waitForSelector('#person');
    return screen;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    if (!this.#keep) await rm(this.#pictures, { recursive: true, force: true });
  }

  /** Takes a picture of what is to be seen now. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: this.#next(name) });
  }

  /** Takes a picture of one element alone, in a window that is high enough for all of it. */
  async pictureOf(selector: string, name: string): Promise<void> {
    const size = this.page.viewport();
    await this.page.setViewport({ width: size?.width ?? 1400, height: 2400 });
    const element = await this.page.waitForSelector(selector);
    await element?.screenshot({ path: this.#next(name) });
    await this.page.setViewport(size);
  }

  #next(name: string): `${string}.png` {
    this.#count += 1;
    return `${this.#pictures}/${String(this.#count).padStart(2, '0')}-${name}.png`;
  }

  /** Waits until the element stands still in view, and clicks it. */
  async click(selector: string): Promise<void> {
    await this.page.locator(selector).setTimeout(15_000).click();
  }

  /** Waits until an element that fits the selector shows these words. */
  async sees(words: string, selector = 'body', ms = 20_000): Promise<void> {
    const [each, wanted] = [JSON.stringify(selector), JSON.stringify(words)];
    // As text: the rest of the project is typed without a browser's globals.
    const holds = `[...document.querySelectorAll(${each})].some((one) => one.textContent.includes(${wanted}))`;
    await this.page.waitForFunction(holds, { timeout: ms }).catch(async (cause: unknown) => {
      const shown = await this.text('body');
      throw new Error(`nobody sees "${words}" in ${selector}, but:\n${shown.slice(0, 3_000)}`, { cause });
    });
  }

  /** What a field of the form holds now. */
  held(field: string): Promise<string> {
    return this.page.$eval(`#modal [data-block-id="${field}"] :is(input, textarea, select)`, (each) =>
      String(Reflect.get(each, 'value')),
    );
  }

  /** Goes to an element with the Tab key alone. */
  async tabTo(selector: string): Promise<void> {
    const isThere = `document.activeElement?.closest(${JSON.stringify(selector)}) != null`;
    for (let presses = 0; presses < 80; presses += 1) {
      if (await this.page.evaluate(isThere)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not lead to ${selector}`);
  }

  text(selector: string): Promise<string> {
    return this.page.$eval(selector, (element) => element.textContent ?? '');
  }

  /** Goes on as another of the sample people. */
  async become(person: string): Promise<void> {
    await this.page.select('#person', person);
  }

  /** Writes a line into the composer and sends it. */
  async say(line: string): Promise<void> {
    await this.click('#composer');
    await this.page.type('#composer', line);
    await this.page.keyboard.press('Enter');
  }

  /** Types into a field of the form, in place of what stands there. */
  async type(field: string, text: string): Promise<void> {
    const selector = `#modal [data-block-id="${field}"] :is(input, textarea)`;
    await this.click(selector);
    await this.page.evaluate(`document.querySelector(${JSON.stringify(selector)}).select()`);
    await this.page.keyboard.press('Backspace');
    await this.page.type(selector, text);
  }

  /** Ticks a box of the form. */
  async tick(field: string, value: string): Promise<void> {
    await this.click(`#modal [data-block-id="${field}"] input[value="${value}"]`);
  }

  /** Chooses an option of a menu of the form. */
  async choose(field: string, value: string): Promise<void> {
    const selector = `#modal [data-block-id="${field}"] select`;
    await this.page.waitForSelector(selector);
    await this.page.select(selector, value);
  }
}
