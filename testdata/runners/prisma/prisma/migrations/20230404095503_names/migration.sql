/*
  Warnings:

  - Added the required column
*/
-- AlterTable
ALTER TABLE "User" ADD COLUMN "name" TEXT NOT NULL;
-- CreateIndex
CREATE INDEX "User_name_idx" ON "User"("name");
