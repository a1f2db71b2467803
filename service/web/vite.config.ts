import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import { gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig, type Plugin } from 'vite'

// While developing, the API is asked of a running `bidui serve`.
const service = process.env.BIDUI_SERVICE ?? 'http://127.0.0.1:8080'

// The service sends these as they are.
const zipped: Plugin = {
  name: 'zipped',
  apply: 'build',
  writeBundle({ dir = 'dist' }, files) {
    for (const name of Object.keys(files)) {
      const path = join(dir, name)
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
    }
  },
}

export default defineConfig({
  base: './',
  plugins: [
    vue(),
    // Element Plus on demand: what a template names is imported, with its style.
    components({ dirs: [], resolvers: [ElementPlusResolver()], dts: 'src/components.d.ts' }),
    zipped,
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 600, // the charts
    rollupOptions: {
      output: {
        manualChunks: (id) => {
          if (id.includes('/echarts/') || id.includes('/zrender/')) return 'charts'
          if (/node_modules\/(vue|@vue|vue-router)\//.test(id)) return 'vue'
          return undefined
        },
      },
    },
  },
  server: { proxy: { '/api': service } },
})
