import type { NextConfig } from "next";

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  experimental: { serverActions: { bodySizeLimit: "8mb" } }, // files of the contact form where there is no JavaScript; with it they go to /api/v1/attachments
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true }, // npm run check and npm test look at types, once; a start need not
  distDir: process.env.NEXT_DIST_DIR || ".next",
};

export default config;
